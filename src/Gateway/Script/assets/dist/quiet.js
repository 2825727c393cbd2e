(()=>{var{P:t}=g,a=location.pathname;t.mt.some(t=>t.endsWith("*")?(a+"/").startsWith(t.slice(0,-1)):t===a)&&(t.Ce=!0)})();
