/** Tells the screens of a company what changed, after commit. Implemented over Socket.IO by the server; a hint, never the truth. */
export interface Realtime {
  /** Whether anybody looks: building a view nobody sees is work for nothing. */
  watched(companyId: string): boolean;
  emit(companyId: string, events: readonly unknown[]): void;
}
