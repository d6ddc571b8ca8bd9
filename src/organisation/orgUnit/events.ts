import { z } from 'zod';
import { type CodeOf, codeList } from '../../kernel/codes.js';
import { defineEvents, type EventsOf } from '../../kernel/events.js';
import { day, field, idOf, line, total } from '../../kernel/fields.js';
import { must } from '../../kernel/must.js';

export const OrgUnitLevel = codeList('OrgUnitLevel', 'What kind of unit it is. A station is not a township.', {
  COUNTY: { zh: '县公安局', en: 'County public security bureau' },
  STATION: { zh: '派出所', en: 'Police station' },
  JUSTICE_OFFICE: { zh: '司法所', en: 'Justice office' },
  TRIBUNAL: { zh: '法庭', en: 'Tribunal' },
});

export const Metric = codeList('Metric', 'What is counted.', {
  CERT_DELIVERED: { zh: '送证上门（枚）', en: 'Certificates delivered to the door (枚)' },
  MATERIAL: { zh: '发放宣传资料（份）', en: 'Publicity materials distributed (份)' },
  HUKOU_COVER: { zh: '户口簿封皮（个）', en: 'Hukou-book covers given (个)' },
  ERRAND: { zh: '捎带办理业务（笔）', en: 'Errands done on behalf of residents (笔)' },
});

export const CountingUnit = codeList('CountingUnit', 'In what it is counted.', {
  MEI: { zh: '枚', en: 'certificates' },
  FEN: { zh: '份', en: 'copies' },
  GE: { zh: '个', en: 'pieces' },
  BI: { zh: '笔', en: 'transactions' },
});

/** In what each metric is counted. */
export const COUNTED_IN = {
  CERT_DELIVERED: 'MEI',
  MATERIAL: 'FEN',
  HUKOU_COVER: 'GE',
  ERRAND: 'BI',
} as const satisfies Record<CodeOf<typeof Metric>, CodeOf<typeof CountingUnit>>;

export const QuantityQualifier = codeList('QuantityQualifier', 'How a quantity is to be read.', {
  EXACT: { zh: '准确', en: 'Exactly' },
  AT_LEAST: { zh: '余', en: 'At least' },
  NOT_KNOWN: { zh: '不详', en: 'Not known' },
});

const divisionCode = () =>
  z
    .string()
    .regex(
      /^\d{2}(\d{2}){0,2}(\d{3}){0,2}$/,
      must('应为区划代码：2、4、6、9或12位数字', 'must be a division code of 2, 4, 6, 9 or 12 digits'),
    );

export const orgUnitEvents = defineEvents('orgunit', {
  OrgUnitRegistered: {
    version: 1,
    label: { zh: '单位登记', en: 'Unit registered' },
    data: z.object({
      name: field(line(80), '名称', 'Name of the unit'),
      level: field(OrgUnitLevel.schema, '级别', 'Kind of unit'),
      parentId: field(idOf('orgunit'), '上级单位', 'Unit above it').optional(),
      divisionCode: field(divisionCode(), '驻地区划代码', 'Division in which it has its seat').optional(),
      pilot: field(z.boolean(), '试点', 'Whether the practice was tried out here first'),
      registeredOn: field(day(), '登记日期', 'Legal day from which it counts'),
    }),
  },
  OpeningBalanceImported: {
    version: 1,
    label: { zh: '期初数导入', en: 'Opening balance imported' },
    citation: 'China News Service, 15 November 2022',
    data: z.object({
      metric: field(Metric.schema, '指标', 'What is counted'),
      quantity: field(total(), '数量', 'How many, up to and including the day; 0 if it is known that there were none'),
      unit: field(CountingUnit.schema, '计量单位', 'In what it is counted'),
      qualifier: field(QuantityQualifier.schema, '准确程度', 'How the quantity is to be read'),
      asOf: field(day(), '截至日期', 'Legal day up to and including which it counts'),
      orgUnitId: field(idOf('orgunit'), '单位', 'Unit whose balance it is'),
      citation: field(line(300), '来源', 'Where the figure comes from'),
    }),
  },
});

export type OrgUnitEvent = EventsOf<typeof orgUnitEvents>;
