/** Which rows of a long list are drawn: those that somebody sees, and some before and after them. All rows are of one
 * height, so what is seen follows from how far the list is scrolled, and the rest costs nothing. */

import { computed, signal } from "@preact/signals";

/** As in the style: rows grow with the letters that the reader has chosen. */
const ROW_REM = 2.5;
/** Rows drawn beyond each edge: scrolling by the wheel shows no gap. */
const BEYOND = 8;

export class Viewport {
  readonly rowHeight = ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  private readonly top = signal(0);
  private readonly height = signal(0);
  private scroller: HTMLElement | null = null;

  readonly from = computed(() => Math.max(0, Math.floor(this.top.value / this.rowHeight) - BEYOND));
  /** Not drawn any more. */
  readonly to = computed(() => Math.ceil((this.top.value + this.height.value) / this.rowHeight) + BEYOND);

  /** Follows this element. Returns how to end that. */
  follow(scroller: HTMLElement): () => void {
    this.scroller = scroller;
    const measure = () => (this.height.value = scroller.clientHeight);
    const scrolled = () => (this.top.value = scroller.scrollTop);
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    scroller.addEventListener("scroll", scrolled, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      scroller.removeEventListener("scroll", scrolled);
      this.scroller = null;
    };
  }

  /** Scrolls as little as needed to show the row. The headings take the height of one row. */
  reveal(at: number): void {
    if (!this.scroller) return;
    const [first, last] = [(at + 2) * this.rowHeight - this.scroller.clientHeight, at * this.rowHeight];
    const top = Math.min(Math.max(this.scroller.scrollTop, first), last);
    this.scroller.scrollTop = top;
    this.top.value = top;
  }
}
