// Runs before the first paint, so that a chosen theme never flashes the other one. Without a choice the system decides.
try {
  const theme = localStorage.getItem('twin.theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Storage is closed to us: the system's theme is the right one.
}
