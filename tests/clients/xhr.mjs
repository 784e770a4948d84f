// As much of XMLHttpRequest as Strophe's BOSH uses in a browser, over fetch.

export class XMLHttpRequest {
  readyState = 0;
  status = 0;
  responseText = "";
  responseXML = null;
  onreadystatechange = () => {};
  #headers = {};
  #abort = new AbortController();

  open(method, url) {
    this.#to(1);
    this.method = method;
    this.url = url;
  }

  setRequestHeader(name, value) {
    this.#headers[name] = value;
  }

  getAllResponseHeaders() {
    return "";
  }

  send(body) {
    const { method, url } = this;
    fetch(url, { method, body, headers: this.#headers, signal: this.#abort.signal })
      .then(async (answer) => {
        this.responseText = await answer.text();
        this.responseXML = new DOMParser().parseFromString(this.responseText, "text/xml");
        this.status = answer.status;
      })
      // A browser says it with status 0.
      .catch(() => {})
      .finally(() => this.#abort.signal.aborted || this.#to(4));
  }

  abort() {
    this.#abort.abort();
  }

  #to(state) {
    this.readyState = state;
    this.onreadystatechange();
  }
}
