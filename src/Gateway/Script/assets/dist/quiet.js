(()=>{var{_:s,Me:t}=g,a=location.pathname;s.st.some(s=>s.endsWith("*")?(a+"/").startsWith(s.slice(0,-1)):s===a)&&(s.xe=!0,g.o=()=>location.assign(t("/")))})();
