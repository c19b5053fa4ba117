import { IconMicrophone, IconMusic, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { playTime } from '../../../../ui/format.ts';
import classes from './audio-player.module.css';

const RATES = [1, 1.5, 2] as const;
/** One voice at a time: whoever starts, stops the one before. */
let playing: HTMLAudioElement | null = null;

export function AudioPlayer({ src, voice, own, onBroken }: { src: string; voice: boolean; own: boolean; onBroken: () => void }) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [on, setOn] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [rate, setRate] = useState<(typeof RATES)[number]>(1);

  useEffect(() => {
    const element = audio.current;
    return () => {
      if (playing === element) playing = null;
    };
  }, []);

  const toggle = (): void => {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) return element.pause();
    if (playing && playing !== element) playing.pause();
    playing = element;
    element.playbackRate = rate;
    element.play().catch(() => {
      // Broken files are told by onError; a play() cut short by pause() is none.
    });
  };
  const seconds = Number.isFinite(length) ? length : 0;
  return (
    <div className={classes.player} data-own={own || undefined}>
      <audio
        ref={audio} src={src} preload="metadata" onError={onBroken} onPlay={() => setOn(true)} onPause={() => setOn(false)}
        onLoadedMetadata={(e) => setLength(e.currentTarget.duration)} onDurationChange={(e) => setLength(e.currentTarget.duration)}
        onTimeUpdate={(e) => setAt(e.currentTarget.currentTime)}
        onEnded={() => {
          setOn(false);
          setAt(0);
        }}
      />
      <button type="button" className={classes.play} onClick={toggle} aria-label={t(on ? 'content.pause' : 'content.play')}>
        {on ? <IconPlayerPauseFilled size={18} aria-hidden /> : <IconPlayerPlayFilled size={18} aria-hidden />}
      </button>
      <span className={classes.body}>
        <input
          type="range" className={classes.track} min={0} max={seconds || 1} step={0.05} value={Math.min(at, seconds || 1)} aria-label={t('content.position')} aria-valuetext={playTime(at)}
          style={{ '--part': `${seconds > 0 ? (at / seconds) * 100 : 0}%` } as React.CSSProperties}
          onChange={(e) => {
            const to = Number(e.currentTarget.value);
            setAt(to);
            if (audio.current && seconds > 0) audio.current.currentTime = to;
          }}
        />
        <span className={classes.foot}>
          {voice ? <IconMicrophone size={13} stroke={1.75} aria-hidden /> : <IconMusic size={13} stroke={1.75} aria-hidden />}
          <span className="tabular">{playTime(on || at > 0 ? at : seconds)}</span>
          <button
            type="button" className={classes.rate} aria-label={t('content.speed', { rate })}
            onClick={() => {
              const next = RATES[(RATES.indexOf(rate) + 1) % RATES.length]!;
              setRate(next);
              if (audio.current) audio.current.playbackRate = next;
            }}
          >
            {rate}×
          </button>
        </span>
      </span>
    </div>
  );
}
