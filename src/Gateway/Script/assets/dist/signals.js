(()=>{var{globalPrivacyControl:a}=navigator;g.A=o=>a&&o.aa})();
