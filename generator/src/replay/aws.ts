/** A rule as EventBridge lists it. */
export interface ListedRule {
  readonly name: string;
  readonly arn: string;
  /** JSON text; empty for a rule without one. */
  readonly eventPattern: string;
}

/** An archive as EventBridge lists it. */
export interface ListedArchive {
  readonly name: string;
  readonly arn: string;
  /** `ENABLED`, or what keeps it from being replayed. */
  readonly state: string;
  /** How many events it holds, as far as EventBridge has counted. */
  readonly eventCount: number;
}

/** What a replay is started with. */
export interface ReplayRequest {
  readonly name: string;
  readonly archiveArn: string;
  readonly busArn: string;
  readonly from: Date;
  readonly to: Date;
  /** Null replays to all rules of the bus. */
  readonly ruleArns: readonly string[] | null;
}

/** A replay as EventBridge started it. */
export interface StartedReplay {
  readonly arn: string;
  readonly state: string;
  /** Why it is in that state; empty when EventBridge does not say. */
  readonly reason: string;
}

/** What replaying does with EventBridge. Everything rejects with a `UsageError` `aws-refused`. */
export interface EventBridge {
  /** ARN of a bus. */
  busArn(name: string): Promise<string>;
  /** Every archive of a bus. */
  archives(busArn: string): Promise<readonly ListedArchive[]>;
  /** Every rule of a bus. */
  rules(busName: string): Promise<readonly ListedRule[]>;
  start(request: ReplayRequest): Promise<StartedReplay>;
}
