// The site learns the reader's time zone, so that the times on its pages are theirs (names of zones need no escaping).
document.cookie =
  "time_zone=" + Intl.DateTimeFormat().resolvedOptions().timeZone + "; path=/; max-age=31536000; SameSite=Lax";

// Unfold's search box has a hint but no name that a screen reader could say.
document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("#toolbar input[type=text]:not([aria-label])")) {
    box.setAttribute("aria-label", box.placeholder || "Search");
  }
});
