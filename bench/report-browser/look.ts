/** What runs in the page: each gives what is wrong, in words. */

/** Content that lies outside of the window and cannot be scrolled to within a part of the page. */
export const findClipped = `(() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  if (document.documentElement.scrollWidth > width)
    found.push('the page is ' + document.documentElement.scrollWidth + ' pixels wide, and the window ' + width);
  const scrolls = (element) => {
    for (let own = element; own; own = own.parentElement) {
      const { overflowX } = getComputedStyle(own);
      if ((overflowX === 'auto' || overflowX === 'scroll') && own.tabIndex >= 0) return true;
    }
    return false;
  };
  const say = (element) => element.tagName.toLowerCase() + ' "' + (element.textContent || '').trim().slice(0, 40) + '"';
  for (const element of document.querySelectorAll('main *, header *, footer *')) {
    if (element.closest('details:not([open]) > :not(summary)') || element.closest('title')) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if ((box.right > width + 1 || box.left < -1) && !scrolls(element)) found.push(say(element) + ' lies outside');
    const style = getComputedStyle(element);
    if (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1 && !element.title)
      found.push(say(element) + ' is cut');
  }
  for (const text of document.querySelectorAll('svg[role=img] text')) {
    const own = text.getBoundingClientRect();
    const around = text.ownerSVGElement.getBoundingClientRect();
    if (own.width === 0) continue;
    if (own.left < around.left - 1.5 || own.right > around.right + 1.5 || own.top < around.top - 1.5 || own.bottom > around.bottom + 1.5)
      found.push('"' + text.textContent + '" leaves the picture "' + text.ownerSVGElement.getAttribute('aria-label').slice(0, 50) + '"');
  }
  return found;
})()`;

/** What axe finds: accessible names, contrast and all else of WCAG 2.2 A and AA, and good habits. */
export const runAxe = `(async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.map(({ id, impact, help, nodes }) =>
    id + ' (' + impact + '), ' + nodes.length + ' times: ' + help + ', as in ' + nodes[0].html.slice(0, 120) +
    ' — ' + (nodes[0].failureSummary || '').split('\\n').slice(1, 2).join(' '));
})()`;

/** Whether the searching of columns finds what is there, and hides the rest. */
export const searchColumns = `(() => {
  const input = document.querySelector('input[type=search]');
  if (!input) return ['there is no field to search columns by'];
  const cards = [...document.querySelectorAll('#columns article')];
  const last = cards.at(-1).querySelector('h3').title;
  input.value = last;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  const seen = cards.filter((card) => card.checkVisibility());
  const wrong = seen.filter((card) => !card.querySelector('h3').title.includes(last));
  input.value = '';
  input.dispatchEvent(new Event('input', { bubbles: true }));
  return seen.length > 0 && wrong.length === 0 ? [] : ['searching for ' + last + ' shows ' + seen.length + ' columns, of which ' + wrong.length + ' are others'];
})()`;
