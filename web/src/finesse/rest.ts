/** Requests to one server, each with its credentials and a deadline. What an answer means, `desk` knows. */

import { type Content, child, element, parse, text } from "./xml.js";

/** Longer than a credential check may take with two databases. */
const PATIENCE_MS = 35_000;

export interface Credentials {
  user: string;
  password: string;
}

/** Why a request did not succeed. */
export interface Refusal {
  /** 0: nobody answered. */
  status: number;
  /** ErrorType and ErrorMessage of the answer (rest-api.md section 3), empty without a document. */
  type: string;
  message: string;
  /** The server's wish, in milliseconds. */
  retryAfter: number | null;
  /** The password was not checked: since then (milliseconds of the epoch) no database answers that could. */
  notCheckedSince: number | null;
}

export interface Forwarded {
  method: string;
  /** Below `/finesse/api/`. */
  path: string;
  contentType: string;
  body: string;
}

export type Answer = { ok: true; document: Element | null } | { ok: false; refusal: Refusal };

export class Rest {
  constructor(
    private readonly origin: string,
    private readonly credentials: Credentials | null,
    /** Ends every request, as if nobody had answered. */
    private readonly givenUp: AbortSignal | null = null,
  ) {}

  get(path: string, patience = PATIENCE_MS): Promise<Answer> {
    return this.send("GET", path, null, null, patience);
  }

  /** A body that somebody else has written, in whatever language. */
  forward({ method, path, contentType, body }: Forwarded, requestId: string): Promise<Answer> {
    return this.send(method, path, body, requestId, PATIENCE_MS, contentType);
  }

  put(path: string, root: string, content: Content, requestId: string): Promise<Answer> {
    return this.send("PUT", path, element(root, content), requestId, PATIENCE_MS);
  }

  post(path: string, root: string, content: Content, requestId: string): Promise<Answer> {
    return this.send("POST", path, element(root, content), requestId, PATIENCE_MS);
  }

  private async send(
    method: string,
    path: string,
    body: string | null,
    requestId: string | null,
    patience: number,
    contentType = "application/xml",
  ): Promise<Answer> {
    const headers: Record<string, string> = {};
    if (this.credentials) headers["Authorization"] = basic(this.credentials);
    if (body !== null) headers["Content-Type"] = contentType;
    if (requestId !== null) headers["requestId"] = requestId;
    const signal = AbortSignal.any([AbortSignal.timeout(patience), ...(this.givenUp ? [this.givenUp] : [])]);
    try {
      const url = `${this.origin}/finesse/api/${path}`;
      return await answer(await fetch(url, { method, headers, body, signal, cache: "no-store", credentials: "omit" }));
    } catch {
      return { ok: false, refusal: { status: 0, type: "", message: "", retryAfter: null, notCheckedSince: null } };
    }
  }
}

async function answer(response: Response): Promise<Answer> {
  const body = await response.text();
  const document = body ? parse(body) : null;
  if (response.ok) return { ok: true, document };
  const error = child(document, "ApiError");
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const since = Date.parse(response.headers.get("Holdfast-Not-Checked-Since") ?? "");
  return {
    ok: false,
    refusal: {
      status: response.status,
      type: text(error, "ErrorType"),
      message: text(error, "ErrorMessage"),
      retryAfter: Number.isNaN(seconds) ? null : seconds * 1000,
      notCheckedSince: Number.isNaN(since) ? null : since,
    },
  };
}

/** Basic credentials in UTF-8 (RFC 7617). */
function basic({ user, password }: Credentials): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
