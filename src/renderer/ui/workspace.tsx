import { createContext, useContext, type ReactNode } from 'react';
import css from './workspace.module.css';

/** A workspace fills what the frame leaves: the work itself, and beside it perhaps an inspector. */
export function Workspace({ children, side }: { children: ReactNode; side?: ReactNode }) {
  return (
    <div className={css.workspace}>
      <main className={css.main}>{children}</main>
      {side}
    </div>
  );
}

/** What the frame puts under every title of an area: the tabs between its entities. */
export const UnderTitle = createContext<ReactNode>(null);

/** 48 px: what this is, how many, and what can be done with all of it. */
export function TitleBar({ title, count, children }: { title: ReactNode; count?: ReactNode; children?: ReactNode }) {
  const under = useContext(UnderTitle);
  return (
    <>
      <div className={css.title}>
        <h1 className="ellipsis">{title}</h1>
        {count != null && <span className="quiet ellipsis">{count}</span>}
        <span className="grow" />
        {children}
      </div>
      {under}
    </>
  );
}

/** 40 px: what is filtered at the left, how it is shown at the right. */
export function FilterBar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  return (
    <div className={css.filters}>
      <div className={css.chips}>{children}</div>
      {end}
    </div>
  );
}

/** What a workspace scrolls when it is not a grid. */
export function Scroll({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`${css.scroll} ${className}`}>{children}</div>;
}
