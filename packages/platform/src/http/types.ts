export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A list is sent one after the other without being joined in memory. */
  readonly body?: string | Buffer | readonly Buffer[];
  /** The whole exchange, connect to last byte, redirects included. */
  readonly timeoutMs: number;
  /** An answer longer than this is cut off with HttpError `too_large`. Default 1 MiB. */
  readonly maxBytes?: number;
  /** False: a redirect is the answer. Carriers' are never followed. */
  readonly redirects?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; a repeated header is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpClient {
  /** Any answer, whatever its status. Throws HttpError when there was none. */
  request(request: HttpRequest): Promise<HttpResponse>;
}

export interface FileResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes in the file; 0 when the status was not 2xx. */
  readonly size: number;
  /** Of the file, lower-case hex; empty when the status was not 2xx. */
  readonly sha256: string;
}

export interface FileClient {
  /**
   * Streams the answer to `path`, never holding more than a few chunks in memory. The file appears under its name only
   * when it is complete, synced and the status was 2xx; otherwise nothing is left behind.
   */
  requestToFile(request: HttpRequest, path: string): Promise<FileResponse>;
}

/** carrier: configured API hosts · customer: URLs that customers typed (SSRF guard) · media: file hosts (byte cap). */
export type HttpTrust = 'carrier' | 'customer' | 'media';

export interface HttpOptions {
  readonly trust: HttpTrust;
  /** Host names or CIDR blocks (a single address is one) that pass the SSRF guard. */
  readonly allow?: readonly string[];
  /** Sockets to one origin. Default 64 for carriers, 16 otherwise. */
  readonly connections?: number;
  /** Origins with open sockets; the one unused for longest is closed first. Default 64. */
  readonly maxPools?: number;
  /** Giving up on DNS, TCP and TLS. Default 5 s. */
  readonly connectTimeoutMs?: number;
}

export interface Http extends HttpClient, FileClient {
  /** Waits for what is under way (each bounded by its own timeout) and closes the sockets. */
  close(): Promise<void>;
}
