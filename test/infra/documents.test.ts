import { afterAll, beforeAll, expect, it } from 'vitest';
import { runDocument } from '../../functions/actions/run-document/action.ts';
import { deployDocuments } from '../../sandbox/services/ssm.ts';
import { Stack } from '../../sandbox/template/stack.ts';
import { AccountUnderTest } from '../contract/account-under-test.ts';
import { ACCOUNT, REGION, target } from '../contract/action-case.ts';
import { managed } from '../contract/cases/run-document.ts';
import { TARGET } from '../contract/cases/seeds.ts';
import { planCase } from '../contract/planning.ts';
import { committedTemplate, type Template } from './template.ts';

let template: Template;
let under: AccountUnderTest;
beforeAll(async () => {
  template = await committedTemplate();
  under = await AccountUnderTest.start(managed({}, { documents: [] }));
});
afterAll(() => under.close());

const step = {
  target: target('instance', TARGET),
  params: { document: 'block-instance-metadata' },
};

it('the action runs what the stack brings, and nothing before the stack is there', async () => {
  await expect(planCase(runDocument, step, under)).rejects.toMatchObject({
    name: 'WrongStateError',
    message: expect.stringContaining('deploy Sallyport again'),
  });
  const documents = [...template.ofType('AWS::SSM::Document')];
  const Resources = Object.fromEntries(
    documents.map(([id, Properties]) => [id, { Type: 'AWS::SSM::Document', Properties }]),
  );
  const place = { stackName: 'Sallyport', account: ACCOUNT, region: REGION };
  deployDocuments(under.cloud, new Stack({ Resources, Outputs: {}, Parameters: {} } as never, place));
  const { answer } = await planCase(runDocument, step, under);
  expect(answer.expected).toEqual({ ran: 'sallyport-block-instance-metadata' });
});
