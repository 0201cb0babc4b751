import { useEffect, useState } from "preact/hooks";

const storageKey = "watcher-theme";
const themes = ["system", "light", "dark"] as const;

type Theme = (typeof themes)[number];

/** Goes from what the system says to light, to dark, and back. It is kept in this browser. */
export function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(
    (document.documentElement.dataset["theme"] as Theme | undefined) ?? "system",
  );
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
    try {
      if (theme === "system") localStorage.removeItem(storageKey);
      else localStorage.setItem(storageKey, theme);
    } catch {
      // A browser that keeps nothing has the theme for as long as the page is open.
    }
  }, [theme]);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <button type="button" onClick={() => setTheme(next)} title={`Change to ${next}`}>
      Theme: {theme}
    </button>
  );
}
