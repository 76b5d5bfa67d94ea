/** Who wrote a line. The name may change: compose renames a container while it recreates it. */
export interface Source {
  readonly service: string;
  readonly name: string;
}
