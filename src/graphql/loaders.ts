import DataLoader from 'dataloader';
import { hasRole, maySee, requireRole } from '../access/authorise.js';
import { NotFound } from '../access/errors.js';
import type { Viewer } from '../access/viewer.js';
import type { Snapshot } from '../kernel/decider.js';
import { categoryOf } from '../kernel/ids.js';
import { readDocuments } from '../projections/documents.js';
import { stopIfAborted } from './errors.js';
import type { Known, NounBinding, Services } from './services.js';

/** Of the history of what is only named by something else. */
const NOTHING: Known = () => false;

/** Loads nouns by id, many at a time, each once a request; what the viewer may not see is not there. */
export class Loaders {
  private readonly byCategory = new Map<string, DataLoader<string, Snapshot | undefined>>();

  constructor(
    private readonly services: Pick<Services, 'db' | 'nouns'>,
    private readonly viewer: Viewer,
    private readonly signal: AbortSignal,
  ) {}

  /** The noun as the viewer may see it. */
  async noun<T extends object>(id: string | undefined): Promise<T | undefined> {
    const snapshot = await this.snapshot(id);
    const binding = this.bindingOf(id);
    return snapshot && binding ? (binding.wrap(snapshot) as T) : undefined;
  }

  /**
   * What someone asks for by its id: every query and subscription comes in here.
   * @throws Forbidden when nouns of this category are not for the role of the viewer
   * @throws NotFound when there is no such noun of this category for the viewer
   */
  async required<T extends object>(id: string, category: string): Promise<T> {
    const binding = this.services.nouns.get(category);
    if (binding) requireRole(this.viewer, binding.readers, category);
    const found = categoryOf(id) === category ? await this.noun<T>(id) : undefined;
    if (!found) throw new NotFound(id);
    return found;
  }

  /**
   * A noun that one which the viewer may see names, such as a party of a case: seen through that case, still masked, and
   * without its history where it is out of scope.
   */
  async namedIn<T extends object>(id: string | undefined): Promise<T | undefined> {
    const binding = this.bindingOf(id);
    if (!binding || id === undefined) return undefined;
    const snapshot = await this.loaderOf(binding).load(id);
    if (!snapshot) return undefined;
    const seen = maySee(this.viewer, binding.aggregate, snapshot.state);
    return (seen ? binding.wrap(snapshot) : binding.wrap(snapshot, NOTHING)) as T;
  }

  async nouns<T extends object>(ids: readonly string[]): Promise<readonly T[]> {
    const found = await Promise.all(ids.map(id => this.noun<T>(id)));
    return found.filter(noun => noun !== undefined);
  }

  async snapshot<State>(id: string | undefined): Promise<Snapshot<State> | undefined> {
    const binding = this.bindingOf(id);
    if (!binding || id === undefined) return undefined;
    if (!hasRole(this.viewer, binding.readers)) return undefined;
    const snapshot = await this.loaderOf(binding).load(id);
    return snapshot && maySee(this.viewer, binding.aggregate, snapshot.state)
      ? (snapshot as Snapshot<State>)
      : undefined;
  }

  /** Forgets what was read, after a command of the same request. */
  clear(): void {
    this.byCategory.clear();
  }

  private bindingOf(id: string | undefined): NounBinding | undefined {
    return id === undefined ? undefined : this.services.nouns.get(categoryOf(id));
  }

  private loaderOf(binding: NounBinding): DataLoader<string, Snapshot | undefined> {
    const category = binding.aggregate.category;
    const known = this.byCategory.get(category);
    if (known) return known;
    const loader = new DataLoader<string, Snapshot | undefined>(
      async ids => {
        stopIfAborted(this.signal);
        const documents = await readDocuments(this.services.db, binding.view, ids);
        return ids.map(id => documents.get(id));
      },
      { maxBatchSize: 200 },
    );
    this.byCategory.set(category, loader);
    return loader;
  }
}
