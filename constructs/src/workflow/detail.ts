import type { IResolvable } from 'aws-cdk-lib';
import { TaskInput } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * A payload while a workflow is written: any value may come from the state's input, and what `JsonPath.stringAt` gives is
 * any text. So names and kinds of fields are checked, and texts are not.
 */
export type Detail<Value> =
  | IResolvable
  | (Value extends string
      ? string
      : Value extends number | boolean | null | undefined
        ? Value
        : Value extends readonly unknown[]
          ? { readonly [Index in keyof Value]: Detail<Value[Index]> } | readonly string[]
          : { readonly [Field in keyof Value]: Detail<Value[Field]> });

/** Returns a payload as the value of a field of a task. */
export function detailValue(detail: unknown): unknown {
  if (detail instanceof TaskInput) return detail.value;
  return TaskInput.fromObject(detail as { [key: string]: unknown }).value;
}
