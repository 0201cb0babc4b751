export function writeDeclarations(entry: string, target: string): void;
