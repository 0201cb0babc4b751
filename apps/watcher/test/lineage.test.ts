import fc from "fast-check";
import { describe } from "vitest";
import { expect, test as base, type Ask } from "./watcher.ts";

const test = base.extend("pipeline", async ({ ask }): Promise<number> => pipelineNamed(ask, "p"));

async function pipelineNamed(ask: Ask, name: string): Promise<number> {
  return (await ask("POST", "/pipeline", { name, pipeline_type_name: "t" })).body.id;
}

const address = (name: string) => ({ name, address_type_name: "table", address_type_group_name: "g" });

const replace = (ask: Ask, pipeline: number, sources: readonly string[], targets: readonly string[]) =>
  ask("POST", "/address_lineage", {
    pipeline_id: pipeline,
    source_addresses: sources.map(address),
    target_addresses: targets.map(address),
  });

async function idsByName(ask: Ask): Promise<Map<string, number>> {
  const { body } = await ask("GET", "/lineage-graph/addresses");
  return new Map(body.map(({ id, name }: { id: number; name: string }) => [name, id]));
}

/** The edges of an address's lineage, by name. */
async function edgesOf(ask: Ask, name: string): Promise<string[]> {
  const ids = await idsByName(ask);
  const names = new Map([...ids].map(([key, id]) => [id, key]));
  const { status, body } = await ask("GET", `/lineage-graph/?source_address_id=${ids.get(name)}`);
  expect(status).toBe(200);
  const touched = body.edges.flatMap((edge: Edge) => [edge.source_address_id, edge.target_address_id]);
  expect(new Set(body.nodes.map(({ id }: { id: number }) => id))).toEqual(new Set(touched));
  return body.edges.map((edge: Edge) => `${names.get(edge.source_address_id)}${names.get(edge.target_address_id)}`);
}

interface Edge {
  readonly source_address_id: number;
  readonly target_address_id: number;
}

describe("POST /address_lineage", () => {
  test("creates addresses and edges, and says so", async ({ ask, pipeline }) => {
    expect(await replace(ask, pipeline, ["A ", "b"], ["c"])).toMatchObject({
      status: 201,
      body: {
        pipeline_id: pipeline,
        lineage_relationships_created: 2,
        message: `lineage relationships created for pipeline ${pipeline}`,
      },
    });
    expect(await replace(ask, pipeline, ["new"], ["c"])).toMatchObject({ status: 200 });
    expect(await replace(ask, pipeline, ["a", "a"], ["c"])).toMatchObject({
      body: { lineage_relationships_created: 1 },
    });
  });

  test("does nothing for a pipeline that wants none, or that is not there", async ({ ask, pipeline }) => {
    await ask("PATCH", "/pipeline", { id: pipeline, load_lineage: false });
    for (const id of [pipeline, 99]) {
      const { status, body } = await replace(ask, id, ["a"], ["b"]);
      expect({ status, body }).toMatchObject({ status: 200, body: { lineage_relationships_created: 0 } });
      expect(body.message).toContain("does not have load_lineage=true");
    }
    expect((await ask("GET", "/address")).body).toEqual([]);
  });

  test("replaced lineage leaves nothing behind, and no lineage is lineage too", async ({ ask, sql, pipeline }) => {
    await replace(ask, pipeline, ["a", "b"], ["c", "d"]);
    await replace(ask, pipeline, ["b"], ["d", "e"]);
    expect(await edgesOf(ask, "b")).toEqual(["bd", "be"]);
    expect(await edgesOf(ask, "a")).toEqual([]);
    expect(await replace(ask, pipeline, [], ["d"])).toMatchObject({ status: 200 });
    expect(await sql("SELECT FROM address_lineage")).toEqual([]);
  });

  test("is all or nothing", async ({ ask, pipeline }) => {
    const body = { pipeline_id: pipeline, source_addresses: [address("a")], target_addresses: [{ name: "b" }, [], 5] };
    const { status, body: answer } = await ask("POST", "/address_lineage", body);
    expect(status).toBe(422);
    expect(answer.detail.map(({ type, loc }: { type: string; loc: string[] }) => `${type} ${loc.join(".")}`)).toEqual([
      "missing body.target_addresses.0.address_type_name",
      "missing body.target_addresses.0.address_type_group_name",
      "model_attributes_type body.target_addresses.1",
      "model_attributes_type body.target_addresses.2",
    ]);
    expect((await ask("GET", "/address")).body).toEqual([]);
  });

  test("two pipelines may write one pair", async ({ ask, pipeline }) => {
    const other = await pipelineNamed(ask, "other");
    expect(await replace(ask, pipeline, ["a"], ["b"])).toMatchObject({ status: 201 });
    expect(await replace(ask, other, ["a"], ["b"])).toMatchObject({
      status: 200,
      body: { lineage_relationships_created: 1 },
    });
    expect(await edgesOf(ask, "a")).toEqual(["ab", "ab"]);
    await replace(ask, other, ["a"], ["c"]);
    expect(await edgesOf(ask, "a")).toEqual(["ab", "ac"]);
  });

  test("twenty overlapping requests at once are each carried out as a whole", async ({ ask, sql }) => {
    const pipelines = await Promise.all(Array.from({ length: 20 }, (_, index) => pipelineNamed(ask, `p${index}`)));
    const names = Array.from({ length: 8 }, (_, index) => `n${index}`);
    const answers = await Promise.all(
      pipelines.map((id, index) => {
        const rotated = [...names.slice(index % 8), ...names.slice(0, index % 8)];
        return replace(ask, id, rotated.slice(0, 4), rotated.slice(4).toReversed());
      }),
    );
    expect(answers.every(({ status }) => status < 300)).toBe(true);
    const counts = await sql("SELECT count(*)::int FROM address_lineage GROUP BY pipeline_id");
    expect(counts.map(({ count }) => count)).toEqual(Array(20).fill(16));
    expect((await ask("GET", "/address")).body).toHaveLength(8);
  });
});

describe("the graph", () => {
  test("has what an address comes from and goes to, and the edges that touch any of it", async ({ ask }) => {
    const edges = ["ab", "ac", "bd", "cd", "de", "xe", "yz"];
    for (const [index, edge] of edges.entries()) {
      await replace(ask, await pipelineNamed(ask, `p${index}`), [edge[0]!], [edge[1]!]);
    }
    // A diamond: both ways are there. x is no relative of b, but its edge touches one.
    expect(await edgesOf(ask, "b")).toEqual(["ab", "ac", "bd", "cd", "de", "xe"].toSorted());
    expect(await edgesOf(ask, "y")).toEqual(["yz"]);
  });

  test("ends where cycles close", async ({ ask }) => {
    for (const [index, edge] of ["ab", "bc", "ca", "cc"].entries()) {
      await replace(ask, await pipelineNamed(ask, `p${index}`), [edge[0]!], [edge[1]!]);
    }
    expect(await edgesOf(ask, "a")).toEqual(["ab", "bc", "ca", "cc"]);
  });

  test("of an unknown address is empty, and without an address there is none", async ({ ask }) => {
    for (const id of [99, "9223372036854775807", -5]) {
      expect((await ask("GET", `/lineage-graph/?source_address_id=${id}`)).body).toEqual({ nodes: [], edges: [] });
    }
    const { status, body } = await ask("GET", "/lineage-graph/");
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { detail: [{ type: "missing", loc: ["query", "source_address_id"], input: null }] },
    });
    expect(await ask("POST", "/lineage-graph/refresh")).toMatchObject({ status: 200, body: { status: "success" } });
  });

  test("is what a search in memory finds, whatever the graph", async ({ ask, sql, pipeline }) => {
    await replace(ask, pipeline, ["a", "b", "c", "d", "e", "f"], ["g"]);
    const ids = await idsByName(ask);
    const nodes = [...ids.values()];
    const edge = fc.tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(edge, { selector: String, maxLength: 12 }), async (edges) => {
        await sql("DELETE FROM address_lineage");
        await sql(
          `INSERT INTO address_lineage (pipeline_id, source_address_id, target_address_id)
          SELECT $1, (edge ->> 0)::int, (edge ->> 1)::int FROM jsonb_array_elements($2) AS edge`,
          [pipeline, JSON.stringify(edges)],
        );
        for (const start of nodes) {
          const { body } = await ask("GET", `/lineage-graph/?source_address_id=${start}`);
          const found = body.edges.map((one: Edge) => [one.source_address_id, one.target_address_id]);
          expect(found).toEqual(relatedEdges(edges, start));
        }
      }),
      { numRuns: 25 },
    );
  });
});

function relatedEdges(edges: readonly (readonly [number, number])[], start: number) {
  const reach = (from: number, next: (node: number) => readonly number[]): Set<number> => {
    const seen = new Set([from]);
    for (const node of seen) for (const neighbour of next(node)) seen.add(neighbour);
    return seen;
  };
  const down = reach(start, (node) => edges.filter(([source]) => source === node).map(([, target]) => target));
  const up = reach(start, (node) => edges.filter(([, target]) => target === node).map(([source]) => source));
  const related = new Set([...down, ...up]);
  return edges
    .filter(([source, target]) => related.has(source) || related.has(target))
    .toSorted(([a, b], [c, d]) => a - c || b - d);
}
