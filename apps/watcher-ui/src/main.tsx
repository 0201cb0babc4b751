import { render } from "preact";
import { Client } from "./api/client.ts";
import { ClientContext } from "./api/live.ts";
import { App } from "./shell/app.tsx";

const root = document.getElementById("root");
if (root !== null) {
  render(
    <ClientContext.Provider value={new Client(sessionStorage)}>
      <App />
    </ClientContext.Provider>,
    root,
  );
}
