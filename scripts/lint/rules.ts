import type { ASTNode } from '@marcbachmann/cel-js';
import type { Playbook } from '../../functions/core/playbook.ts';
import type { Problem } from '../policy-file.ts';
import { type Conjunct, conjunctsOf, isLiteral, isNamed, nodesOf, textOf } from './condition-tree.ts';
import { overlap } from './finding-types.ts';

type Rule = Playbook['rules'][number];

/** Rules that can never decide, and conditions about what is never there. Conditions that do not parse are left out. */
export function* ruleProblems({ rules, types, evidence }: Playbook): Generator<Problem> {
  const tools = new Set(evidence.map(({ tool }) => tool));
  const earlier: { readonly rule: Rule; readonly texts: ReadonlySet<string> }[] = [];
  for (const [index, rule] of rules.entries()) {
    const conjuncts = parsed(rule);
    if (!conjuncts) continue;
    const texts = new Set(conjuncts.map(({ text }) => text));
    const when = ['rules', index, 'when'] as const;
    const first = earlier.find((other) => other.texts.isSubsetOf(texts));
    if (first)
      yield [when, `${rule.id} is never reached: whenever it holds, ${first.rule.id} above it holds as well`];
    for (const problem of conjuncts.flatMap(({ tree }) => problemsOf(tree, types)))
      yield [when, `${rule.id} ${problem}`];
    for (const tool of new Set(conjuncts.flatMap(({ tree }) => toolsAskedBy(tree))))
      if (!tools.has(tool))
        yield [when, `${rule.id} looks at evidence of ${tool}, which the playbook never asks`];
    earlier.push({ rule, texts });
  }
}

function parsed({ when }: Rule): Conjunct[] | undefined {
  try {
    return conjunctsOf(when);
  } catch {
    return undefined;
  }
}

function problemsOf(tree: ASTNode, types: readonly string[]): string[] {
  if (isLiteral(tree, false)) return ['never holds'];
  const wanted = typesWanted(tree);
  const strange = wanted.filter((type) => !types.some((one) => overlap(one, type)));
  return strange.map((type) => `asks for ${type}, which is not among the playbook's types`);
}

/** The finding types that a part of a condition demands; a beginning ends in `*`. */
function typesWanted(tree: ASTNode): string[] {
  if (tree.op === '==' && isNamed(tree.args[0], 'finding.type')) return texts([tree.args[1]]);
  if (tree.op === 'in' && isNamed(tree.args[0], 'finding.type') && tree.args[1].op === 'list')
    return texts(tree.args[1].args);
  if (tree.op === 'rcall' && tree.args[0] === 'startsWith' && isNamed(tree.args[1], 'finding.type'))
    return texts(tree.args[2]).map((beginning) => `${beginning}*`);
  return [];
}

function texts(trees: readonly ASTNode[]): string[] {
  return trees.flatMap((tree) => textOf(tree) ?? []);
}

/** Tools whose evidence, or whose lack of it, a condition speaks of. */
function toolsAskedBy(tree: ASTNode): string[] {
  return [...nodesOf(tree)].flatMap((node) => {
    if (node.op === '[]' && isNamed(node.args[0], 'evidence')) return textOf(node.args[1]) ?? [];
    const [needle, place] = node.op === 'in' ? node.args : [];
    const spoken = place && ['evidence', 'missing', 'failed'].some((name) => isNamed(place, name));
    return spoken ? (textOf(needle) ?? []) : [];
  });
}
