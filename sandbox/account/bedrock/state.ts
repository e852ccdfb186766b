/** In the API's own shape (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_LoggingConfig.html). */
export type LoggingState = Readonly<Record<string, unknown>>;

/** One region's Bedrock. Without a configuration no call of a model is logged. */
export interface BedrockState {
  logging?: LoggingState | undefined;
}

export function emptyBedrockState(): BedrockState {
  return {};
}
