/**
 * The pages' only style sheet: system fonts, light and dark by the reader's own setting, one column on a phone.
 * Colours keep at least 4.5:1 against their ground (WCAG 2.2, 1.4.3) in both schemes.
 */
export const style = `
:root{color-scheme:light dark;--ground:#f6f7f9;--paper:#fff;--ink:#1b2430;--quiet:#566273;--line:#dde2e9;--accent:#1d5fd1;--accent-ink:#fff;--wash:#eef3fc;--danger:#b3261e;--danger-wash:#fdecea;--warn:#8a4b00;--warn-wash:#fff3df;--good:#1c6b3c;--good-wash:#e7f5ec;--shadow:0 1px 2px rgb(20 30 50/6%),0 8px 24px rgb(20 30 50/5%)}
@media (prefers-color-scheme:dark){:root{--ground:#10151c;--paper:#18202a;--ink:#e6ebf2;--quiet:#9fabbb;--line:#2b3644;--accent:#7eaef8;--accent-ink:#0c1a30;--wash:#1c2a40;--danger:#ff9b91;--danger-wash:#3a1c1b;--warn:#f5c07a;--warn-wash:#382a14;--good:#82d3a0;--good-wash:#16301f;--shadow:none}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
.wide{max-width:72rem;margin:0 auto;padding:0 1.5rem}
.bar{background:var(--paper);border-bottom:1px solid var(--line)}
.bar .wide{display:flex;gap:.75rem;align-items:baseline;padding-top:.8rem;padding-bottom:.8rem}
.name{font-weight:650;letter-spacing:-.01em}
.crumb{color:var(--quiet);font:.875rem ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
main{padding-top:2rem!important;padding-bottom:4rem!important}
.columns{display:grid;gap:2rem;grid-template-columns:minmax(0,1fr) 21rem;align-items:start}
article{min-width:0}
h1{font-size:1.75rem;line-height:1.2;letter-spacing:-.02em;margin:.35rem 0 1rem;text-wrap:balance}
h2{font-size:1.05rem;line-height:1.3;margin:0 0 .75rem}
h3{font-size:.875rem;margin:1.25rem 0 .5rem}
p{margin:0 0 .75rem}
section,.panel{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;padding:1.25rem 1.5rem;margin:0 0 1rem;box-shadow:var(--shadow)}
.panel{position:sticky;top:1rem;border-top:3px solid var(--accent)}
.eyebrow{margin:0;color:var(--quiet);font-size:.9rem}
.quiet{color:var(--quiet);font-size:.875rem}
.lead{font-size:1.0625rem}
.where{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin:0 0 1.5rem}
.where div{display:flex;flex-direction:column}
dt{color:var(--quiet);font-size:.875rem}
dd{margin:0}
.facts{display:grid;align-items:baseline;grid-template-columns:8.5rem minmax(0,1fr);gap:.5rem 1rem;margin:0 0 1rem}
.panel .facts{grid-template-columns:3.5rem minmax(0,1fr)}
.chip{display:inline-block;padding:.1rem .55rem;border-radius:1rem;background:var(--wash);color:var(--ink);font-size:.8125rem;font-weight:600}
.chip.high,.chip.critical{background:var(--danger-wash);color:var(--danger)}
.chip.medium{background:var(--warn-wash);color:var(--warn)}
.chip.low,.chip.informational{background:var(--good-wash);color:var(--good)}
.chips{margin:-.35rem 0 .75rem}
.step{display:inline-block;min-width:1.6rem;height:1.6rem;line-height:1.6rem;text-align:center;border-radius:50%;background:var(--wash);font-size:.875rem;margin-right:.25rem}
code,pre,.id,.before,.after{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.8438rem}
.arn{color:var(--quiet)}
.hash{display:block;padding:.6rem .8rem;background:var(--wash);border-radius:.5rem}
pre{background:var(--wash);border-radius:.5rem;padding:.75rem;white-space:pre-wrap}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.5rem 1rem .5rem 0;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--quiet);font-weight:500;font-size:.8125rem;padding-top:0;overflow-wrap:normal}
tbody th{font-weight:500}
.changes{table-layout:fixed}
.before{color:var(--quiet)}
.after{color:var(--ink);font-weight:600}
ul.plain,ul.reach,ol.timeline{list-style:none;margin:0 0 .75rem;padding:0}
ul.plain li+li{margin-top:.75rem}
.loss{color:var(--danger)}
.reach li{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:1rem;padding:.5rem 0;border-top:1px solid var(--line)}
.reach .count{font-size:1.375rem;line-height:1.2;font-variant-numeric:tabular-nums}
.reach .unknown,h3 .unknown{color:var(--warn)}
.advice{background:transparent;border-style:dashed;box-shadow:none}
.label{padding:.5rem .75rem;border-radius:.5rem;background:var(--warn-wash);color:var(--warn);font-size:.875rem}
.said{padding:.6rem .75rem;border-radius:.5rem;background:var(--wash);font-size:.9375rem}
mark{background:var(--danger-wash);color:var(--danger);border-radius:.2rem;font:600 .75em ui-monospace,monospace;padding:0 .15rem}
label{display:block;font-weight:600;margin-bottom:.3rem}
label .quiet{font-weight:400}
textarea{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--quiet);border-radius:.5rem;padding:.5rem .7rem;resize:vertical}
.buttons{display:grid;gap:.6rem;margin:.75rem 0}
.button{display:block;width:100%;padding:.7rem 1rem;border-radius:.5rem;border:1px solid transparent;font-family:inherit;font-size:1rem;font-weight:600;line-height:1.2;text-align:center;text-decoration:none;cursor:pointer;min-height:2.75rem}
.approve{background:var(--accent);color:var(--accent-ink)}
.deny{background:transparent;border-color:var(--danger);color:var(--danger)}
.button:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.notice{max-width:36rem;margin:4rem auto;padding:2rem}
.timeline li{border-left:2px solid var(--line);padding:0 0 1rem 1rem;position:relative}
.timeline li:before{content:"";position:absolute;left:-.4rem;top:.45rem;width:.65rem;height:.65rem;border-radius:50%;background:var(--quiet)}
.timeline .decision:before{background:var(--accent)}
.timeline .effect:before{background:var(--good)}
.timeline p{margin:0 0 .15rem}
section>:last-child,.panel>:last-child,form>:last-child{margin-bottom:0!important}
.reach li:last-child{padding-bottom:0}
.jump{display:none}
a{color:var(--accent)}
a.approve{color:var(--accent-ink)}
footer{margin-top:1.5rem}
@media (max-width:56rem){.columns{grid-template-columns:minmax(0,1fr)}.panel{position:static}.jump{display:inline-block;margin:0 0 1rem;color:var(--accent)}}
@media (max-width:34rem){.wide{padding:0 1rem}main{padding-top:1.25rem!important}h1{font-size:1.4rem}section,.panel{padding:1rem}.facts,.panel .facts{grid-template-columns:minmax(0,1fr);gap:.1rem}.facts dd{margin-bottom:.5rem}.reach li{grid-template-columns:minmax(0,1fr);gap:.1rem}}
@media print{.panel{display:none}body{background:#fff}}
`;
