/** A container whose log is followed. */
export interface LogContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly tty: boolean;
  readonly running: boolean;
  /** When the engine created it (ISO): the time of the line that tells of a recreation. */
  readonly created?: string;
  /** Version of the release it belongs to, where its image says so. */
  readonly version?: string | undefined;
  /** When its newest run began (ISO), where that is known. */
  readonly started?: string | undefined;
}
