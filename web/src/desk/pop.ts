/** Opens a page of the web in a window of its own, or in the one that has this name already. */

export interface Page {
  url: string;
  /** Empty: a new window each time. */
  window: string;
}

/** Whether the browser has opened it. */
export function openPage({ url, window: name }: Page): boolean {
  // By a prefix no name is one of those that mean this page itself, such as `_self`.
  const opened = window.open(url, name === "" ? "_blank" : `holdfast-${name}`);
  // A window that is found again by its name has to know who opened it; any other one need not.
  if (opened && name === "") opened.opener = null;
  return opened !== null;
}
