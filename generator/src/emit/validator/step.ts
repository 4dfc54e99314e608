/** Something that a check does. Texts of code hold no text of a schema but as literals. */
export type Step =
  /** Tells the rules broken at a place, if any. */
  | { readonly kind: 'report'; readonly place: string; readonly broken: string }
  /** Tells the rules broken at a place, and does the rest only if there are none. */
  | { readonly kind: 'unless'; readonly place: string; readonly broken: string; readonly steps: readonly Step[] }
  | {
      readonly kind: 'if';
      readonly condition: string;
      readonly steps: readonly Step[];
      readonly otherwise: readonly Step[];
    }
  /** Looks at a part of the value, if there is one. */
  | {
      readonly kind: 'part';
      readonly variable: string;
      readonly expression: string;
      /** When there is one; null for a property, which is undefined otherwise. */
      readonly condition: string | null;
      readonly steps: readonly Step[];
    }
  /** Calls a function of the runtime that applies checks: `name(found, value, checks, place, …more)`. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly value: string;
      readonly checks: string;
      readonly place: string;
      readonly more: readonly string[];
    };

/** Types of which keywords speak; what they say of numbers holds for integers. */
export type Group = 'number' | 'string' | 'array' | 'object';

/** One rule or several, as an expression: the rules that the value breaks, or something falsy. */
export interface Rule {
  readonly kind: 'rule';
  readonly code: string;
  /** How the expression holds together: `call` best, `choice` least. */
  readonly binding: 'call' | 'and' | 'or' | 'choice';
  /** It is about values of one type alone: when it is about a value, and what it then says. */
  readonly about?: { readonly group: Group; readonly condition: string; readonly code: string };
  /** It is about the type of a value, which may be one of these. */
  readonly allows?: readonly Group[];
  /** What a rule about types says of values that are not of one of the types that it allows. */
  readonly elseOf?: (group: Group) => string;
  /** When it is broken, the rule that follows is not. */
  readonly excludesNext?: boolean;
}

/** What a keyword comes to. */
export type Part = Rule | Step;

/** A rule that is a call, or a literal. */
export function rule(code: string, more: Partial<Rule> = {}): Rule {
  return { kind: 'rule', binding: 'call', ...more, code };
}

/** Joins rules that stand at one place into one. */
export function joinRules(rules: readonly Rule[], both: () => string): Rule | null {
  const [first, next, ...others] = rules;
  if (first === undefined || next === undefined) return first ?? null;
  if (first.excludesNext === true) return joinRules([either(first, next), ...others], both);
  const rest = joinRules([next, ...others], both) ?? next;
  // A value of a wrong type can break no rule that is about one of the types allowed.
  if (![next, ...others].every(({ about }) => about !== undefined && first.allows?.includes(about.group))) {
    return rule(`${both()}(${first.code}, ${rest.code})`);
  }
  if (rest.about === undefined || first.elseOf === undefined) return either(first, rest);
  const { condition, code, group } = rest.about;
  return { kind: 'rule', code: `${condition} ? ${code} : ${first.elseOf(group)}`, binding: 'choice' };
}

/** Two rules of which at most one is broken, or of which the second does not matter when the first is. */
export function either(first: Rule, second: Rule): Rule {
  return { kind: 'rule', code: `${operandOfOr(first)} || ${operandOfOr(second)}`, binding: 'or' };
}

function operandOfOr({ code, binding }: Rule): string {
  return binding === 'choice' ? `(${code})` : code;
}

/** The code of a rule as an operand of `&&`. */
export function operand({ code, binding }: Rule): string {
  return binding === 'or' || binding === 'choice' ? `(${code})` : code;
}

/** The code of a rule as an operand of `!`. */
export function negated({ code, binding }: Rule): string {
  return binding === 'call' ? code : `(${code})`;
}
