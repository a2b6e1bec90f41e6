namespace Cleat.Cli.Reports;

/// <summary>How the page of what runs looks, by day and by night.</summary>
internal static class RunningStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1d2229; --soft: #5c6773; --page: #fff; --line: #d9dee4; --head: #f3f5f7;
          --race: #fde8e6; --bad: #fff7e6; --a: #2f6f4f; --b: #b3261e; --c: #8a4fbf; --e: #b36a00; --u: #6b7480; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --soft: #9aa5b1; --page: #14181d; --line: #333b45; --head: #1d232a;
          --race: #43201e; --bad: #33290f; --a: #3f8f67; --b: #d9544b; --c: #a06bd6; --e: #c98420; --u: #7d8794; } }
        body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--page); }
        h1 { font-size: 1.4rem; margin: 0 0 .3rem; } h2 { font-size: 1rem; margin: 0; }
        .sum { margin: 0 0 1rem; font-size: 1.05rem; } .key, footer, .kind { color: var(--soft); } .kind { font-weight: 400; font-size: .85em; }
        .errors { border-left: 4px solid var(--b); padding: .5rem 1rem; background: var(--race); margin-bottom: 1rem; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .45rem .7rem; border-bottom: 1px solid var(--line); font-weight: 400; }
        thead th { background: var(--head); font-weight: 600; font-size: .85em; position: sticky; top: 0; }
        .n { text-align: center; white-space: nowrap; }
        tr.race > * { background: var(--race); } tr.race > th { box-shadow: inset 4px 0 var(--b); } tr.bad > th { box-shadow: inset 4px 0 var(--e); }
        .d { display: inline-block; min-width: 1.5em; padding: 0 .2em; border-radius: .3em; text-align: center; color: #fff; font-size: .85em; margin: 1px; }
        .a { background: var(--a); } .b { background: var(--b); } .c { background: var(--c); } .d.d { color: #fff; } b.d.d:not(.a):not(.b):not(.c):not(.u) { background: var(--e); } .u { background: var(--u); }
        code, pre { font: .88em ui-monospace, monospace; overflow-wrap: anywhere; } pre { white-space: pre-wrap; border: 1px solid var(--line); padding: .5rem; margin: .3rem 0; }
        details { margin-top: .3rem; } summary { cursor: pointer; color: var(--soft); } details p { margin: .3rem 0; }
        footer { margin-top: 1.5rem; font-size: .85em; }

        """;
}
