import { useRef, useState } from "preact/hooks";
import { useClient } from "../api/live.ts";
import { Heading } from "../parts/layout.tsx";

/** Takes a token, where the service wants one. */
export function SignIn() {
  const client = useClient();
  const [trouble, setTrouble] = useState("");
  const [isBusy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const signIn = async () => {
    setBusy(true);
    setTrouble("");
    try {
      await client.signIn(input.current?.value.trim() ?? "", AbortSignal.timeout(20_000));
    } catch (error) {
      setTrouble((error as Error).message);
      input.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="sign-in">
      <Heading title="Sign in">
        <p>This Watcher wants a token. One that allows to read is enough for these pages.</p>
      </Heading>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <label>
          <span>Token</span>
          <input
            ref={input}
            type="password"
            name="token"
            required
            autocomplete="off"
            spellcheck={false}
            aria-invalid={trouble !== ""}
            aria-describedby="trouble"
          />
        </label>
        <p id="trouble" class="trouble" role="alert">
          {trouble}
        </p>
        <button type="submit" class="primary" disabled={isBusy}>
          {isBusy ? "Looking" : "Sign in"}
        </button>
      </form>
      <p class="quiet">
        <code>npx watcher token create --name me --role read</code> makes one. It is kept in this tab only, and gone
        when the tab is closed.
      </p>
    </div>
  );
}
