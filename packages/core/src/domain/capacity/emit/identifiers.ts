/** Distinct identifiers for names, in order: letters and digits of the name as `shape` likes them, numbered on a clash. */
export const identifiersFor = (names: readonly string[], shape: (name: string) => string): readonly string[] => {
  const taken = new Set<string>();
  return names.map((name) => {
    const wanted = shape(name);
    let identifier = wanted;
    for (let n = 2; taken.has(identifier); n += 1) identifier = `${wanted}${n}`;
    taken.add(identifier);
    return identifier;
  });
};

/** `my-api` -> `MyApiService`: letters and digits, as CloudFormation wants, and no word that YAML reads as a value. */
export const logicalId = (name: string): string => {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "" && !/^service$/i.test(word));
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[0-9]/.test(joined) ? `Service${joined}` : `${joined}Service`;
};

/** `my api` -> `my_api`: names in Terraform start with a letter or underscore. */
export const terraformName = (name: string): string => {
  const cleaned = name.replace(/[^A-Za-z0-9_-]+/g, "_");
  return /^[A-Za-z_]/.test(cleaned) ? cleaned : `_${cleaned}`;
};
