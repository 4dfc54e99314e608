import type { Step } from './step.ts';

/** Writes the function that does these steps with its argument. */
export function writeCheck(name: string, steps: readonly Step[], spell: (place: string) => string): string {
  const variables = new Set<string>();
  const lines = steps.flatMap((step) => stepLines(step, { spell, variables }));
  const declared = variables.size === 0 ? [] : [`let ${[...variables].sort().join(', ')};`];
  return [`function ${name}(d0, e) {`, ...indented([...declared, ...lines]), '}'].join('\n');
}

/** Every place that steps name. */
export function placesOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => {
    switch (step.kind) {
      case 'report':
      case 'call':
        return [step.place];
      case 'unless':
        return [step.place, ...placesOf(step.steps)];
      case 'if':
        return placesOf([...step.steps, ...step.otherwise]);
      case 'part':
        return placesOf(step.steps);
      default:
        return step satisfies never;
    }
  });
}

interface Writing {
  readonly spell: (place: string) => string;
  /** Variables to declare. */
  readonly variables: Set<string>;
}

function stepLines(step: Step, writing: Writing): readonly string[] {
  const { spell, variables } = writing;
  const below = (steps: readonly Step[]): readonly string[] => steps.flatMap((next) => stepLines(next, writing));
  switch (step.kind) {
    case 'report':
    case 'unless': {
      variables.add('k');
      const told = `if ((k = ${step.broken})) e.push(${spell(step.place)}, k);`;
      return step.kind === 'report' ? [told] : [told, ...block('else', below(step.steps))];
    }
    case 'if': {
      const [then, otherwise] = [below(step.steps), below(step.otherwise)];
      if (then.length === 0) return block(`if (!(${step.condition}))`, otherwise);
      return [...block(`if (${step.condition})`, then), ...block('else', otherwise)];
    }
    case 'part': {
      const lines = below(step.steps);
      if (lines.length === 0) return [];
      const assignment = `${step.variable} = ${step.expression}`;
      variables.add(step.variable);
      if (step.condition === null) return block(`if ((${assignment}) !== undefined)`, lines);
      return block(`if (${step.condition})`, [`${assignment};`, ...lines]);
    }
    case 'call': {
      const { name, value, checks, place, more } = step;
      return [`${name}(${['e', value, checks, spell(place), ...more].join(', ')});`];
    }
    default:
      return step satisfies never;
  }
}

function block(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${head} {`, ...indented(lines), '}'];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
