// Before anything is drawn: the theme that was chosen here, if one was.
try {
  const theme = localStorage.getItem("watcher-theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing shows what the system says.
}
