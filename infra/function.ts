import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Foundation } from './foundation.ts';
import { type FunctionName, IAM_PATH, iamName, physicalName } from './names.ts';
import { appendTo, coordinate, type Partitions, readLedger } from './power.ts';

export interface SallyportFunctionProps {
  readonly name: FunctionName;
  /** `none` for a function that has nothing to do with the ledger, and may not even read it. */
  readonly ledger?: 'none';
  /** Ledger partitions that the function may append to. */
  readonly appends?: readonly string[];
  readonly coordination?: Partitions;
  readonly statements?: readonly PolicyStatement[];
  /**
   * Many statements that name no resource of the stack. They stand in the role itself: CDK takes every ARN for long,
   * and would move what it holds for too much into managed policies under names of its own.
   */
  readonly reads?: readonly PolicyStatement[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Asks the policy engine, whose WebAssembly then lies beside the bundle. */
  readonly cedar?: boolean;
  /** Files beside the bundle, by name, with what they hold as JSON. */
  readonly policyData?: Readonly<Record<string, unknown>>;
  readonly timeout: Duration;
  readonly memoryMegabytes?: number;
}

/** One Lambda with its bundle, its log and a role of its own that holds exactly what is listed. */
export class SallyportFunction extends NodejsFunction {
  readonly shortName: FunctionName;
  readonly timeLimit: Duration;
  readonly log: LogGroup;
  /** The function's own role; `role` is only known to be one. */
  readonly power: Role;

  constructor(scope: Construct, id: string, foundation: Foundation, props: SallyportFunctionProps) {
    const { name, timeout, memoryMegabytes = 1024, environment = {}, cedar = false, policyData = {} } = props;
    const { config, ledger, bodies, coordination } = foundation;
    const log = new LogGroup(scope, `${id}Log`, {
      logGroupName: `/aws/lambda/${physicalName(name)}`,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, {
      roleName: iamName(scope, name),
      path: IAM_PATH,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What sallyport-${name} may do, and no more`,
      ...(props.reads
        ? { inlinePolicies: { reads: new PolicyDocument({ statements: [...props.reads] }) } }
        : {}),
    });
    super(scope, id, {
      functionName: physicalName(name),
      code: foundation.bundles.codeOf(scope, name, { cedar, policyData }),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMegabytes,
      timeout,
      role,
      logGroup: log,
      tracing: config.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        ...(props.ledger !== 'none' && {
          LEDGER_TABLE: ledger.tableName,
          COORDINATION_TABLE: coordination.tableName,
          BODIES_BUCKET: bodies.bucketName,
        }),
        ...environment,
      },
    });
    this.shortName = name;
    this.timeLimit = timeout;
    this.log = log;
    this.power = role;
    log.grantWrite(role);
    const statements = [
      ...(props.ledger === 'none' ? [] : readLedger(foundation)),
      ...appendTo(foundation, props.appends ?? []),
      ...coordinate(foundation, props.coordination ?? {}),
      ...(props.statements ?? []),
    ];
    for (const statement of statements) role.addToPrincipalPolicy(statement);
  }
}
