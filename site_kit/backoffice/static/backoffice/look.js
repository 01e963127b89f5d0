// The site learns the reader's time zone, so that the times on its pages are theirs (names of zones need no escaping).
document.cookie =
  "time_zone=" + Intl.DateTimeFormat().resolvedOptions().timeZone + "; path=/; max-age=31536000; SameSite=Lax";

// Some fields of Unfold have a hint or a column, but no name that a screen reader could say.
(() => {
  const name = (field, words) => words && !field.labels?.length && !field.hasAttribute("aria-label")
    && field.setAttribute("aria-label", words.trim());

  const column = (field) => {
    const cell = field.closest("td");
    const head = cell?.closest("table")?.querySelector("thead tr");
    return cell && head ? head.children[[...cell.parentElement.children].indexOf(cell)]?.innerText : "";
  };

  const nameFields = () => {
    document.querySelectorAll("#toolbar input[type=text]").forEach((box) => name(box, box.placeholder || "Search"));
    document.querySelectorAll(".select2-search__field").forEach((box) => name(box, "Search"));
    document.querySelectorAll("td input:not([type=hidden]), td select, td textarea").forEach((field) => name(field, column(field)));
  };

  // Rows are added and search boxes made long after the page has come.
  document.addEventListener("DOMContentLoaded", () => {
    nameFields();
    new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
  });
})();
