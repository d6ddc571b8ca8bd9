import { Arg, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { allCodeLists, type CodeList, codeList } from '../kernel/codes.js';
import { DIVISIONS, type Division, isWithin } from '../kernel/divisions.js';
import type { Label, Locale } from '../kernel/label.js';
import { enumOf, LocaleCode } from './codeLists.js';
import { apiError } from './errors.js';

const DivisionLevel = codeList('DivisionLevel', 'Level of an administrative division.', {
  PROVINCE: { zh: '省', en: 'Province' },
  PREFECTURE: { zh: '市', en: 'Prefecture' },
  COUNTY: { zh: '县', en: 'County' },
  TOWNSHIP: { zh: '乡镇', en: 'Township' },
});

@ObjectType('Code', { description: 'A code of a list, with what people read for it.' })
export class CodeType {
  constructor(
    readonly value: string,
    private readonly text: Label,
  ) {}

  @Field(() => String, { description: 'The stable code, as enums and event data have it.' })
  get code(): string {
    return this.value;
  }

  @Field(() => String, { description: 'What people read.' })
  label(
    @Arg('locale', () => enumOf(LocaleCode), { defaultValue: 'zh', description: 'Language of the text.' })
    locale: Locale,
  ): string {
    return this.text[locale];
  }
}

@ObjectType('CodeList', { description: 'A closed list of codes.' })
export class CodeListType {
  constructor(private readonly list: CodeList) {}

  @Field(() => String, { description: 'Name of the list, which is the name of its enum.' })
  get name(): string {
    return this.list.name;
  }

  @Field(() => String, { description: 'What the list is of.' })
  get description(): string {
    return this.list.description;
  }

  @Field(() => [CodeType], { description: 'The codes, in their order.' })
  get codes(): readonly CodeType[] {
    return this.list.values.map(code => new CodeType(code, this.list.labels[code] ?? { zh: code, en: code }));
  }
}

@ObjectType('Division', { description: 'An administrative division (行政区划): a place as far down as the township.' })
export class DivisionType {
  constructor(private readonly division: Division) {}

  @Field(() => String, { description: 'Code, as the National Bureau of Statistics gives it.' })
  get code(): string {
    return this.division.code;
  }

  @Field(() => String, { description: 'Name.' })
  name(
    @Arg('locale', () => enumOf(LocaleCode), { defaultValue: 'zh', description: 'Language of the text.' })
    locale: Locale,
  ): string {
    return this.division.name[locale];
  }

  @Field(() => enumOf(DivisionLevel), { description: 'Level.' })
  get level(): string {
    return this.division.level;
  }

  @Field(() => String, { nullable: true, description: 'Code of the division that it lies in.' })
  get parentCode(): string | undefined {
    return this.division.parent;
  }
}

@Resolver()
export class ReferenceQueries {
  @Query(() => [CodeListType], { description: 'The code lists of these names, with labels in Chinese and English.' })
  codeLists(
    @Arg('names', () => [String], { nullable: true, description: 'Names of the lists; all of them, if left out.' })
    names: readonly string[] | undefined,
  ): readonly CodeListType[] {
    const lists = allCodeLists();
    return (names ?? [...lists.keys()].sort()).map((name, index) => {
      const list = lists.get(name);
      if (!list)
        throw apiError('BAD_USER_INPUT', 'There is no code list of this name', { inputPath: ['names', index] });
      return new CodeListType(list);
    });
  }

  @Query(() => [DivisionType], {
    description: 'Places: this division and all that lie in it, by code. None for a code that is not listed.',
  })
  divisions(
    @Arg('within', () => String, { nullable: true, description: 'Code of a division; all, if left out.' })
    within: string | undefined,
  ): readonly DivisionType[] {
    return DIVISIONS.filter(({ code }) => !within || isWithin(code, within)).map(
      division => new DivisionType(division),
    );
  }
}
