/** Why vectors are not taken or deleted. Nothing has changed. */
export class VectorRefusal extends Error {
  override readonly name = 'VectorRefusal';
  /** `other-model`: of another model or width than those that answer searches. `has-file`: the document came as a file. */
  readonly code: 'other-model' | 'has-file';

  constructor(code: VectorRefusal['code'], message: string) {
    super(message);
    this.code = code;
  }
}
