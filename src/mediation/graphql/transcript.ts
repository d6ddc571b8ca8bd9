import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { SigningMethod } from '../codes.js';
import type { TranscriptRefusal, TranscriptVersion } from '../state/session.js';
import { CasePart } from './part.js';

@ObjectType('TranscriptSigner', { description: 'Who signed a transcript, and how.', simpleResolvers: true })
export class TranscriptSignerType {
  @Field(() => ID, { description: 'Resident who signed.' })
  subjectId!: string;

  @Field(() => enumOf(SigningMethod), { description: 'How.' })
  method!: string;
}

@ObjectType('MediatorSignature', {
  description: 'A mediator who signed a transcript or an agreement, and how.',
  simpleResolvers: true,
})
export class MediatorSignatureType {
  @Field(() => ID, { description: 'Mediator who signed.' })
  mediatorId!: string;

  @Field(() => enumOf(SigningMethod), { description: 'How.' })
  method!: string;
}

@ObjectType('TranscriptRefusal', { description: 'A party who refused to sign a transcript.', simpleResolvers: true })
export class TranscriptRefusalType extends CasePart<TranscriptRefusal> {
  @Field(() => ID, { description: 'Resident who refused.' })
  get partyId(): string {
    return this.part.partyId;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Reason given, for who works on the case; `［已封存］` for others.',
  })
  reason(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.reason, context);
  }

  @Field(() => Boolean, { description: 'Whether a witness or the recording attests it (Proc. Regs art. 36).' })
  get witnessed(): boolean {
    return this.part.witnessed;
  }
}

@ObjectType('TranscriptVersion', {
  description: 'A version of the transcript; a correction makes a new one.',
  simpleResolvers: true,
})
export class TranscriptVersionType extends CasePart<TranscriptVersion> {
  @Field(() => Int, { description: 'Number, from 1.' })
  get version(): number {
    return this.part.version;
  }

  @Field(() => Boolean, { description: 'Whether only matter and result are recorded (2002 rules art. 35).' })
  get simplified(): boolean {
    return this.part.simplified;
  }

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the text, hex, for who works on the case; `［已封存］` for others.',
  })
  sha256(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.sha256, context);
  }

  @Field(() => String, { nullable: true, description: 'The text, for who works on the case; `［已封存］` for others.' })
  content(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.content, context);
  }

  @Field(() => [ID], { description: 'Residents to whom it was read back.' })
  get readBackTo(): readonly string[] {
    return this.part.readBackTo;
  }

  @Field(() => [TranscriptSignerType], { description: 'Parties who signed it.' })
  get signers(): readonly TranscriptSignerType[] {
    return this.part.signers;
  }

  @Field(() => [MediatorSignatureType], { description: 'Mediators who signed it.' })
  get mediators(): readonly MediatorSignatureType[] {
    return this.part.mediators;
  }

  @Field(() => [ID], { description: 'Residents who refused to sign.' })
  get refusedBy(): readonly string[] {
    return [...new Set(this.part.refusals.map(({ partyId }) => partyId))];
  }

  @Field(() => [TranscriptRefusalType], { description: 'Refusals to sign, with what was said and who attests it.' })
  get refusals(): readonly TranscriptRefusalType[] {
    return this.part.refusals.map(refusal => new TranscriptRefusalType(refusal, this.dispute));
  }

  @Field(() => ID, {
    nullable: true,
    description: 'Resident at whose request it was corrected; null for the first version, or when no party asked.',
  })
  get requestedBy(): string | undefined {
    return this.part.requestedBy;
  }
}
