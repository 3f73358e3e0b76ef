import { Component, type ReactNode } from 'react';
import { problemOf } from '../client/request';
import { ErrorState } from '../ui/states';

/** Keeps a mistake in one screen from taking the window down with it. */
export class Careful extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ErrorState problem={problemOf(this.state.error)} onRetry={() => this.setState({ error: null })} />;
  }
}
