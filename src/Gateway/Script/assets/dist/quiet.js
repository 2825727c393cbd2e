(()=>{var{k:t,Me:s}=g,a=location.pathname;t.st.some(t=>t.endsWith("*")?(a+"/").startsWith(t.slice(0,-1)):t===a)&&(t.we=!0,g.t=()=>location.assign(s("/")))})();
