/** The variables of this process, for `loadConfig` and for programs started from here. The one door to `process.env`. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
