/** @file What a resolver gets: who asks, the guarded way to the database, and loaders that live for one request. */
import type { Objects } from "@tessera/objects/objects";
import type { Database, TeamSql } from "@tessera/store/database";
import type { Principal } from "@tessera/store/identity";
import { authenticate, type Caller } from "./auth/caller.ts";
import type { ClassificationComparison } from "./classification/classificationComparison.type.ts";
import type { ClassificationScores } from "./classification/classificationScores.type.ts";
import type { ContentCache } from "./comparison/cache.ts";
import type { Comparison } from "./comparison/comparison.type.ts";
import type { FoundPair } from "./duplicates/foundPair.ts";
import type { LabelChainBoard } from "./labelChains/labelChainBoard.type.ts";
import type { FoundErrors } from "./labelErrors/suspect.ts";
import { type Loaders, loadersFor } from "./loaders.ts";
import type { PostProcessingResult } from "./scoredSets/postProcessingResult.type.ts";
import type { SetFacts } from "./scoredSets/setFacts.ts";
import type { SlideViews } from "./slides/slideViews.ts";
import type { RunScores } from "./transferStudies/runScores.ts";
import type { Feeds } from "./updates/feeds.ts";

/** What lives as long as the process. */
export interface Services {
  readonly db: Database;
  readonly objects: Objects;
  readonly aucs: ContentCache<number | null>;
  readonly classifications: ContentCache<ClassificationScores>;
  readonly classificationComparisons: ContentCache<ClassificationComparison>;
  readonly comparisons: ContentCache<Comparison>;
  readonly labelChains: ContentCache<LabelChainBoard>;
  readonly runScores: ContentCache<RunScores>;
  readonly scoredSets: ContentCache<SetFacts>;
  readonly postProcessing: ContentCache<PostProcessingResult[]>;
  readonly duplicates: ContentCache<readonly FoundPair[]>;
  readonly labelErrors: ContentCache<FoundErrors>;
  readonly slideViews: SlideViews;
  readonly feeds: Feeds;
  readonly codeCommit: string;
}

export class Context {
  readonly services: Services;
  readonly principal: Principal;
  readonly teamId: string;
  loaders: Loaders;
  private readonly caller: Caller;

  constructor(services: Services, caller: Caller) {
    this.services = services;
    this.caller = caller;
    this.principal = caller.principal;
    this.teamId = caller.principal.teamId;
    this.loaders = loadersFor(services.db, this.teamId, this.principal.userId);
  }

  /** Runs SQL of the store inside the caller's team; the only way from a resolver to the database. */
  asTeam = <T>(work: (sql: TeamSql) => Promise<T>): Promise<T> => this.services.db.asTeam(this.teamId, work);

  /** The same, without the opinions that the caller must not see yet: for what shows labels item by item. */
  asReader = <T>(work: (sql: TeamSql) => Promise<T>): Promise<T> =>
    this.services.db.asTeam(this.teamId, work, this.principal.userId);

  /** Forgets what was loaded: what a subscription pushes must be as new as the push. */
  renewLoaders(): void {
    this.loaders = loadersFor(this.services.db, this.teamId, this.principal.userId);
  }

  /** @throws DomainError UNAUTHENTICATED once the session or token that opened this has ended. */
  async authenticateAgain(): Promise<void> {
    await authenticate(this.services.db, this.caller.credential);
  }
}
