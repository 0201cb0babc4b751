import { useState } from "preact/hooks";
import { useLive } from "../../api/live.ts";

interface Address {
  readonly id: number;
  readonly name: string;
}

const mostSuggestions = 10;

/** Finds an address by a part of its name, from ten suggestions. */
export function Find({ onFound }: { onFound: (id: number) => void }) {
  const { data = [] } = useLive<readonly Address[]>("/lineage-graph/addresses", 300_000);
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const found = wanted === "" ? [] : data.filter(({ name }) => name.includes(wanted));
  const choose = (name: string): boolean => {
    const exact = data.find((address) => address.name === name);
    if (exact === undefined) return false;
    setText("");
    onFound(exact.id);
    return true;
  };
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (!choose(wanted) && found[0] !== undefined) choose(found[0].name);
      }}
    >
      <label>
        <span>Address</span>
        <input
          type="search"
          list="addresses"
          value={text}
          placeholder="part of a name"
          onInput={(event) => {
            const { value } = event.currentTarget;
            setText(value);
            // A suggestion that is taken comes as a whole name at once.
            if (event instanceof InputEvent && event.inputType === "insertReplacementText") choose(value);
          }}
        />
      </label>
      <datalist id="addresses">
        {found.slice(0, mostSuggestions).map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </form>
  );
}
