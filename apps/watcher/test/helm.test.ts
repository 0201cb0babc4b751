import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";

const root = new URL("../../..", import.meta.url).pathname;
const helm = join(root, "deploy/helm");
const cases = readdirSync(join(helm, "cases"));

/** A Kubernetes object, as far as the tests look into it. */
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  // Each test knows the kind that it looks into.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly spec: any;
}

function manifestsOf(name: string): Manifest[] {
  const documents = parseAllDocuments(readFileSync(join(helm, "rendered", name), "utf8"), { uniqueKeys: true });
  return documents.map((document) => {
    if ("errors" in document && document.errors.length > 0) throw document.errors[0]!;
    return (document as { toJS(): Manifest }).toJS();
  });
}

const all = new Map(cases.map((name) => [name, manifestsOf(name)]));
const find = (name: string, kind: string, suffix = ""): Manifest =>
  all.get(name)!.find((one) => one.kind === kind && one.metadata.name === `watcher${suffix}`)!;

describe("what is rendered", () => {
  test("is of the chart as it is: else `npm run helm`", () => {
    const files = ["cases", "render", "watcher"].flatMap((folder) =>
      readdirSync(join(helm, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    const lines = files
      .map((file) => [createHash("sha256").update(readFileSync(file)).digest("hex"), file.slice(helm.length + 1)])
      .toSorted(([, a = ""], [, b = ""]) => (a < b ? -1 : 1))
      .map((line) => `${line.join("  ")}\n`);
    expect(lines.join("")).toBe(readFileSync(join(helm, "rendered/inputs.sha256"), "utf8"));
  });

  const hasGo = existsSync("/usr/share/gocode/src/sigs.k8s.io/yaml") && spawnSync("go", ["version"]).status === 0;

  test.runIf(hasGo)("is what Go's templates make of it on this machine", () => {
    const folder = mkdtempSync(join(tmpdir(), "limbeck-helm-"));
    try {
      const { status, stderr } = spawnSync(join(helm, "render.sh"), [folder], { encoding: "utf8" });
      expect([status, stderr]).toEqual([0, ""]);
      for (const name of cases) {
        expect(readFileSync(join(folder, name), "utf8")).toBe(readFileSync(join(helm, "rendered", name), "utf8"));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the types that are made of Kubernetes' own schemas", () => {
  const folder = join(root, "node_modules/.cache/helm");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("take every object, and no field that they do not have", () => {
    const objects = [...all.values()].flat().map((object, index) => typed(object, index));
    const wrong = structuredClone(find("defaults.yaml", "Deployment"));
    wrong.spec.template.spec.containers[0].readinesProbe = {};
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "manifests.ts");
    const planted = typed(wrong, objects.length).replace(/^(export .*)/m, "// @ts-expect-error\n$1");
    writeFileSync(file, [...objects, planted].join("\n"));
    const flags = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--ignoreConfig"];
    const tsc = join(root, "node_modules/.bin/tsc");
    const { status, stdout } = spawnSync(tsc, [...flags, file], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  });

  /** On one line, so that a comment in front of it is about all of it. */
  function typed(object: Manifest, index: number): string {
    const [group, version] = object.apiVersion.includes("/")
      ? object.apiVersion.split("/")
      : ["core", object.apiVersion];
    const room = group!.replace(/\..*/, "");
    const name = `${object.kind}${index}`;
    return `import type { ${object.kind} as ${name} } from "kubernetes-types/${room}/${version}.js";
export const object${index}: ${name} = ${JSON.stringify(object)};`;
  }
});

describe("the chart", () => {
  test("has the objects that its values ask for", () => {
    const kinds = (name: string) => all.get(name)!.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(kinds("least.yaml")).toEqual(["Deployment watcher", "Service watcher"]);
    expect(kinds("defaults.yaml")).toEqual([
      "Job watcher-migrate",
      "PodDisruptionBudget watcher",
      "Deployment watcher",
      "Service watcher",
      "ServiceAccount watcher",
      "Deployment watcher-worker",
    ]);
    expect(kinds("everything.yaml")).toEqual(
      expect.arrayContaining(["HorizontalPodAutoscaler watcher", "NetworkPolicy watcher", "Secret watcher-database"]),
    );
  });

  test("migrates before anything else, with a secret and an account that are there by then", () => {
    for (const [name, secret] of [
      ["defaults.yaml", "watcher-database"],
      ["everything.yaml", "watcher-owner"],
    ] as const) {
      const { metadata, spec } = find(name, "Job", "-migrate");
      expect(metadata.annotations).toMatchObject({ "helm.sh/hook": "pre-install,pre-upgrade" });
      const pod = spec.template.spec;
      expect(pod.containers[0].env[0].valueFrom.secretKeyRef).toEqual({ name: secret, key: "DATABASE_URL" });
      expect(pod.containers[0].image).toBe(find(name, "Deployment").spec.template.spec.containers[0].image);
      expect(pod.serviceAccountName).not.toBe("watcher");
    }
    const made = find("everything.yaml", "Secret", "-database").metadata.annotations!;
    expect(made["helm.sh/hook"]).toBe("pre-install,pre-upgrade");
    expect(Number(made["helm.sh/hook-weight"])).toBeLessThan(0);
  });

  test("leads the service, the budget and the autoscaler to the pods that serve", () => {
    const { spec } = find("everything.yaml", "Deployment");
    const labels = spec.template.metadata.labels;
    const selectors = [
      spec.selector.matchLabels,
      find("everything.yaml", "Service").spec.selector,
      find("everything.yaml", "PodDisruptionBudget").spec.selector.matchLabels,
    ];
    for (const selector of selectors) {
      expect(labels).toMatchObject(selector);
      expect(find("everything.yaml", "Deployment", "-worker").spec.template.metadata.labels).not.toMatchObject(
        selector,
      );
    }
    expect(spec.replicas, "an autoscaler and a number would fight").toBeUndefined();
    const ports = spec.template.spec.containers[0].ports.map((port: { name: string }) => port.name);
    expect(ports).toContain(find("everything.yaml", "Service").spec.ports[0].targetPort);
  });

  test("asks the service what it answers: whether it lives, and whether it is ready", () => {
    const [container] = find("defaults.yaml", "Deployment").spec.template.spec.containers;
    expect(container.livenessProbe.httpGet.path, "a database that is away must not restart it").toBe("/");
    expect(container.readinessProbe.httpGet.path).toBe("/ready");
  });

  test("lets no pod be root, write to its image or gain rights", () => {
    const pods = [...all.values()].flat().flatMap(({ spec }) => spec?.template?.spec ?? []);
    expect(pods.length).toBeGreaterThan(6);
    for (const pod of pods) {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
      for (const { securityContext } of pod.containers) {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
      }
    }
  });
});
