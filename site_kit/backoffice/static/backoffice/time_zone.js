// Tells the site in which time zone the reader is, so that the times on its pages are theirs.
document.cookie =
  "time_zone=" + encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone) +
  "; path=/; max-age=31536000; SameSite=Lax";
