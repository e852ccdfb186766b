import { type ASTNode, parse } from '@marcbachmann/cel-js';
import { serialize } from '@marcbachmann/cel-js/serialize';

/** A condition as the parts that must all hold. */
export interface Conjunct {
  /** Spelled in one way, so that two of the same meaning-by-letter are equal. */
  readonly text: string;
  readonly tree: ASTNode;
}

/** The parts of a condition that its `&&` join; none for one that always holds. Throws for what does not parse. */
export function conjunctsOf(condition: string): Conjunct[] {
  return split(parse(condition).ast)
    .filter((tree) => !isLiteral(tree, true))
    .map((tree) => ({ text: serialize(tree), tree }));
}

function split(tree: ASTNode): ASTNode[] {
  return tree.op === '&&' ? tree.args.flatMap(split) : [tree];
}

/** Every node of a tree, itself first. */
export function* nodesOf(tree: ASTNode): Generator<ASTNode> {
  yield tree;
  for (const child of [tree.args].flat(3)) if (isTree(child)) yield* nodesOf(child);
}

function isTree(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value;
}

export function isLiteral(tree: ASTNode, value: unknown): boolean {
  return tree.op === 'value' && tree.args === value;
}

/** The text of a string literal. */
export function textOf(tree: ASTNode | undefined): string | undefined {
  return tree?.op === 'value' && typeof tree.args === 'string' ? tree.args : undefined;
}

/** Whether the node is a variable, such as `evidence`, or a field of one, such as `finding.type`. */
export function isNamed(tree: ASTNode, name: string): boolean {
  if (tree.op === 'id') return tree.args === name;
  return tree.op === '.' && tree.args[0].op === 'id' && `${tree.args[0].args}.${tree.args[1]}` === name;
}
