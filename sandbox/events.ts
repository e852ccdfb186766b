/** What happens in the laptop cloud, as it happens: for whoever tells the story in a terminal. */
export type CloudEvent =
  | {
      readonly type: 'event-delivered';
      readonly source: string;
      readonly id: string;
      readonly rules: readonly string[];
    }
  | { readonly type: 'function-started'; readonly function: string; readonly requestId: string }
  | {
      readonly type: 'function-ended';
      readonly function: string;
      readonly requestId: string;
      readonly milliseconds: number;
      /** Absent when it succeeded. */
      readonly errorType?: string;
      readonly errorMessage?: string;
    }
  | {
      readonly type: 'function-killed';
      readonly function: string;
      readonly point: number;
      readonly operation: string;
    }
  | { readonly type: 'execution-started'; readonly execution: string }
  | { readonly type: 'state-entered'; readonly execution: string; readonly state: string }
  | { readonly type: 'state-waiting'; readonly execution: string; readonly state: string }
  | { readonly type: 'state-halted'; readonly execution: string; readonly state: string }
  | {
      readonly type: 'execution-ended';
      readonly execution: string;
      readonly status: string;
      readonly error?: string;
    }
  | { readonly type: 'mail-received'; readonly to: readonly string[]; readonly subject: string }
  | { readonly type: 'message-posted'; readonly channel: string; readonly text: string }
  | { readonly type: 'dead-letter'; readonly queue: string; readonly messageId: string }
  | {
      readonly type: 'call-refused';
      readonly caller: string;
      readonly operation: string;
      readonly reason: string;
    };

export type Emit = (event: CloudEvent) => void;
