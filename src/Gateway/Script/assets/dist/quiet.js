(()=>{var{P:t,Re:a}=g,s=location.pathname;t.ht.some(t=>t.endsWith("*")?(s+"/").startsWith(t.slice(0,-1)):t===s)&&(t.Se=!0,g.o=()=>location.assign(a("/")))})();
