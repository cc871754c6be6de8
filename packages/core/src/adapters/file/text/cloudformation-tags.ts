import type { CollectionTag, ScalarTag, YAMLMap, YAMLSeq } from "yaml";

type Library = Pick<typeof import("yaml"), "Pair" | "Scalar" | "YAMLMap">;

const FUNCTIONS = [
  "And",
  "Base64",
  "Cidr",
  "Equals",
  "FindInMap",
  "GetAtt",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Length",
  "Not",
  "Or",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
];

/** `!Ref` and `!Condition` are short for keys of the same name, the others for `Fn::`. */
const NAMES: readonly (readonly [tag: string, key: string])[] = [
  ["!Ref", "Ref"],
  ["!Condition", "Condition"],
  ...FUNCTIONS.map((name) => [`!${name}`, `Fn::${name}`] as const),
];

const collection = (library: Library, tag: string, key: string, kind: "map" | "seq"): CollectionTag => ({
  tag,
  collection: kind,
  resolve: (node: YAMLMap.Parsed | YAMLSeq.Parsed) => {
    const map = new library.YAMLMap();
    map.items.push(new library.Pair(new library.Scalar(key), node));
    return map;
  },
});

const scalar = (tag: string, key: string): ScalarTag => ({ tag, resolve: (text: string) => ({ [key]: text }) });

/** Tags of YAML that stand for the functions of CloudFormation templates. */
export const shortTags = (library: Library): (ScalarTag | CollectionTag)[] =>
  NAMES.flatMap(([tag, key]) => [
    scalar(tag, key),
    collection(library, tag, key, "seq"),
    collection(library, tag, key, "map"),
  ]);
