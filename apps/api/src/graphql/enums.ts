/** @file The domain's words as GraphQL enums: upper case outside, the stored strings inside. */
import { folds, importStates, modalities, roles, runStates } from "@tessera/domain/words";
import { registerEnumType } from "type-graphql";

type EnumOf<Word extends string> = { readonly [Name in Uppercase<Word>]: Extract<Word, Lowercase<Name>> };

const enumOf = <Word extends string>(words: readonly Word[]) =>
  Object.fromEntries(words.map((word) => [word.toUpperCase(), word])) as EnumOf<Word>;

export const RoleEnum = enumOf(roles);
export const FoldEnum = enumOf(folds);
export const RunStateEnum = enumOf(runStates);
export const ImportStateEnum = enumOf(importStates);
export const ModalityEnum = enumOf(modalities);
export const RunSourceEnum = enumOf(["tessera", "foreign"]);
export const CheckpointKindEnum = enumOf(["latest", "best"]);
export const LogLevelEnum = enumOf(["info", "warning", "error"]);
export const ImportLayoutEnum = { KVASIR_SEG: "kvasir-seg" } as const;
export const SplitRuleEnum = { BY_SUBJECT: "by-subject" } as const;
export const ScoreOrderEnum = { WORST_FIRST: "worst-first", BEST_FIRST: "best-first" } as const;

registerEnumType(RoleEnum, { name: "Role", description: "VIEWER < ANNOTATOR < RESEARCHER < ADMIN" });
registerEnumType(FoldEnum, { name: "Fold" });
registerEnumType(RunStateEnum, { name: "RunState" });
registerEnumType(ImportStateEnum, { name: "ImportState" });
registerEnumType(ModalityEnum, { name: "Modality" });
registerEnumType(RunSourceEnum, { name: "RunSource", description: "FOREIGN: logged by a script, not trained here" });
registerEnumType(CheckpointKindEnum, { name: "CheckpointKind" });
registerEnumType(LogLevelEnum, { name: "LogLevel" });
registerEnumType(ImportLayoutEnum, { name: "ImportLayout" });
registerEnumType(SplitRuleEnum, { name: "SplitRule" });
registerEnumType(ScoreOrderEnum, { name: "ScoreOrder", description: "Items whose Dice is undefined come last" });
