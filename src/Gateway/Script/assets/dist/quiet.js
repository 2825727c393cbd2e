(()=>{var{E:t}=g,a=location.pathname;t.ht.some(t=>t.endsWith("*")?(a+"/").startsWith(t.slice(0,-1)):t===a)&&(t.Ee=!0)})();
