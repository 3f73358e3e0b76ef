import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Applied, CheckSummary, ImportSource, JobResult, StoredFile } from '../../../shared/contract/exchange';
import { exchangeRequests } from '../../../shared/contract/exchange';
import { requests, type Input } from '../../../shared/contract/requests';
import type { EntityName } from '../../../shared/entities';
import { readWhole } from '../exchange/disk-file';
import { Exchange } from '../exchange/exchange';
import { alone } from '../local/alone';
import type { SampleDesk } from './sample-desk';

/** A sample desk with its files in and out, as a page would use them. */
export class ExchangeDesk {
  readonly exchange: Exchange;

  constructor(
    private readonly desk: SampleDesk,
    private readonly folder: string,
    isSealed = false,
  ) {
    this.exchange = new Exchange(join(folder, 'exchange'), isSealed, (error) => {
      throw error;
    });
  }

  /** Brings a file in, in pieces. */
  upload(name: string, content: string | Uint8Array): string {
    const bytes = Buffer.from(content);
    const file = this.exchange.files.begin(name, bytes.length);
    const piece = 1000;
    for (let at = 0; at < bytes.length; at += piece) {
      this.exchange.files.put(file, at, bytes.subarray(at, at + piece).toString('base64'));
    }
    return file;
  }

  async finished<K extends JobResult['kind']>(job: string, kind: K): Promise<Extract<JobResult, { kind: K }>> {
    for (;;) {
      const state = this.exchange.jobs.read(job);
      if (state.state === 'running') await new Promise((resolve) => setImmediate(resolve));
      else if (state.state === 'done' && state.result.kind === kind)
        return state.result as Extract<JobResult, { kind: K }>;
      else throw new Error(state.state === 'failed' ? state.message : `The job ended as ${JSON.stringify(state)}`);
    }
  }

  async open(file: string): Promise<ImportSource> {
    return (await this.finished(this.exchange.open({ file }).job, 'source')).source;
  }

  columns(file: string, entity: EntityName, header = 1) {
    return this.exchange.columns(this.desk.context, { file, entity, header });
  }

  async check(
    input: Omit<Input<'import.check'>, 'header' | 'mapping'> & {
      header?: number;
      mapping: Input<'import.check'>['mapping'];
    },
  ): Promise<CheckSummary> {
    const asked = exchangeRequests['import.check'].parse({ programId: this.desk.ids.program, header: 1, ...input });
    const { job } = this.exchange.check(() => this.desk.context, asked);
    return (await this.finished(job, 'check')).summary;
  }

  /** A file checked with the mapping the desk itself suggests. */
  async checkAsSuggested(
    file: string,
    entity: EntityName,
    more: Partial<Input<'import.check'>> = {},
  ): Promise<CheckSummary> {
    const { header } = await this.open(file);
    const { suggested } = this.columns(file, entity, header);
    return this.check({ file, entity, header, mapping: suggested, ...more });
  }

  rows(file: string, show: Input<'import.rows'>['show'] = 'all') {
    return this.exchange.rows(this.desk.context, { file, show, from: 0, count: 500 }).rows;
  }

  async apply(file: string): Promise<Applied> {
    const { job } = this.exchange.apply(
      () => this.desk.context,
      (work) => alone(this.desk.store, work),
      { file },
    );
    return (await this.finished(job, 'applied')).applied;
  }

  async export(input: Input<'export.start'>): Promise<StoredFile & { content: Buffer }> {
    const { job } = this.exchange.export(() => this.desk.context, requests['export.start'].parse(input));
    const { file } = await this.finished(job, 'file');
    return { ...file, content: this.read(file.file) };
  }

  read(file: string): Buffer {
    return readWhole(this.exchange.files.place(file));
  }

  /** Puts a file where another library can open it. */
  lay(name: string, content: Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }
}
