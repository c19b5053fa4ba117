import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './shortcuts.module.css';

const SECTIONS = [
  ['shortcuts.section_list', [['shortcuts.next', ['j', '↓']], ['shortcuts.previous', ['k', '↑']], ['shortcuts.open', ['Enter']], ['shortcuts.back', ['Esc']], ['shortcuts.search', ['/']]]],
  ['shortcuts.section_conversation', [['shortcuts.reply', ['r']], ['shortcuts.take', ['t']], ['shortcuts.release', ['b']], ['shortcuts.close', ['e']], ['shortcuts.details', ['i']], ['shortcuts.help', ['?']]]],
  ['shortcuts.section_write', [['shortcuts.send', ['Enter']], ['shortcuts.newline', ['⇧ Enter']]]],
] as const;

export function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t('shortcuts.title')} size={560} radius="lg" closeButtonProps={{ 'aria-label': t('app.close') }} transitionProps={{ duration: 120 }} classNames={{ title: classes.title }}>
      <div className={classes.grid}>
        {SECTIONS.map(([heading, rows]) => (
          <section key={heading}>
            <h3 className={classes.heading}>{t(heading)}</h3>
            <dl className={classes.rows}>
              {rows.map(([what, keys]) => (
                <div key={what} className={classes.row}>
                  <dt>{t(what)}</dt>
                  <dd>
                    {keys.map((key, i) => (
                      <span key={key}>{i > 0 && <span className={classes.or}> {t('shortcuts.or')} </span>}<Kbd>{key}</Kbd></span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
