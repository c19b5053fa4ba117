/** Our mark: two jacks of a switchboard and the cord between them. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="#115e67" />
      <path d="M10 12.5v3.2a4.3 4.3 0 0 0 4.3 4.3h3.4" fill="none" stroke="#9fdce0" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="10" cy="10" r="3.6" fill="#fff" />
      <circle cx="21.6" cy="20" r="3.6" fill="none" stroke="#fff" strokeWidth="2.6" />
      <circle cx="21.6" cy="10" r="1.7" fill="#9fdce0" />
      <circle cx="10" cy="22.4" r="1.7" fill="#9fdce0" />
    </svg>
  );
}
