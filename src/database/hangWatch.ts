/**
 * Notices that a server has stopped to answer in the middle of something, which its connection alone does not tell: a
 * long statement is as silent. Whoever has waited for long therefore asks whether the server answers anyone.
 */
export class HangWatch {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly patienceMs: number,
    private readonly answers: () => Promise<boolean>,
    private readonly onHang: () => void,
  ) {}

  /** Something was asked. */
  begin(): void {
    this.timer ??= setTimeout(() => void this.look(), this.patienceMs).unref();
  }

  /** All that was asked is answered. */
  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    const asked = this.timer;
    const answered = await this.answers();
    // It may have been answered meanwhile, and something else asked.
    if (this.timer !== asked) return;
    this.timer = undefined;
    if (answered) this.begin();
    else this.onHang();
  }
}
