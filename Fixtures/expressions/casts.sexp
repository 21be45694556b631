; ${input.n as integer}
(template 0-21
  (expression 0-21
    (root 2-7 input)
    (key 8-9 n)
    (cast 13-20
      (type 13-20 integer))))

; ${ input.n  as\tinteger }
(template 0-24
  (expression 0-24
    (root 3-8 input)
    (key 9-10 n)
    (cast 15-22
      (type 15-22 integer))))

; ${input.n as text[]}
(template 0-20
  (expression 0-20
    (root 2-7 input)
    (key 8-9 n)
    (cast 13-19
      (type 13-17 text)
      (list))))

; ${input.as as as}
(template 0-17
  (expression 0-17
    (root 2-7 input)
    (key 8-10 as)
    (cast 14-16
      (type 14-16 as))))

; ${x[] as text}
(template 0-14
  (expression 0-14
    (root 2-3 x)
    (chunk)
    (cast 9-13
      (type 9-13 text))))

; ${x as image;base64}
(template 0-20
  (expression 0-20
    (root 2-3 x)
    (cast 7-19
      (type 7-12 image)
      (format 13-19 "base64"))))

; ${x as object[]/id,name.first}
(template 0-30
  (expression 0-30
    (root 2-3 x)
    (cast 7-29
      (type 7-13 object)
      (list)
      (subtype 16-29 "id,name.first"))))

; ${x as object/l[0].x,meta.v[0]}
(template 0-31
  (expression 0-31
    (root 2-3 x)
    (cast 7-30
      (type 7-13 object)
      (subtype 14-30 "l[0].x,meta.v[0]"))))

; ${x as object/id, name , b}
; 17-18 error[expression-syntax]: white space inside a list of names
; 22-23 error[expression-syntax]: white space inside a list of names
; 24-25 error[expression-syntax]: white space inside a list of names
(template 0-27
  (expression 0-27
    (root 2-3 x)
    (cast 7-26
      (type 7-13 object)
      (subtype 14-26 "id,name,b"))))

; ${x as text/choices[0].delta.content;sse-json}
(template 0-46
  (expression 0-46
    (root 2-3 x)
    (cast 7-45
      (type 7-11 text)
      (subtype 12-36 "choices[0].delta.content")
      (format 37-45 "sse-json"))))

; ${x as text/choices[].delta.content;sse-json}
(template 0-45
  (expression 0-45
    (root 2-3 x)
    (cast 7-44
      (type 7-11 text)
      (subtype 12-35 "choices[].delta.content")
      (format 36-44 "sse-json"))))

; ${x as stream/text}
(template 0-19
  (expression 0-19
    (root 2-3 x)
    (cast 7-18
      (type 7-13 stream)
      (subtype 14-18 "text"))))

; ${x as select/gpt-4o,claude-3.5-sonnet:latest,vendor/model | gpt-4o}
(template 0-68
  (expression 0-68
    (root 2-3 x)
    (cast 7-58
      (type 7-13 select)
      (subtype 14-58 "gpt-4o,claude-3.5-sonnet:latest,vendor/model"))
    (default 61-67
      (text 61-67 "gpt-4o"))))

; ${x as select/a,b|a}
; 17-18 error[swallowed-default]: white space is missing between 'x as select/a,b' and '|'
(template 0-20
  (expression 0-20
    (root 2-3 x)
    (cast 7-17
      (type 7-13 select)
      (subtype 14-17 "a,b"))
    (default 18-19
      (text 18-19 "a"))))

; ${x as select/é,日本 }
(template 0-25
  (expression 0-25
    (root 2-3 x)
    (cast 7-23
      (type 7-13 select)
      (subtype 14-23 "é,日本"))))

; ${x as audio/pcm[sample_rate=24000, channels = 1 ,bits=16 ]}
(template 0-60
  (expression 0-60
    (root 2-3 x)
    (cast 7-59
      (type 7-12 audio)
      (subtype 13-16 "pcm")
      (attribute sample_rate 29-34
        (text 29-34 "24000"))
      (attribute channels 47-48
        (text 47-48 "1"))
      (attribute bits 55-57
        (text 55-57 "16")))))

; ${x as audio/pcm[rate=${input.rate as integer | 24000},name=a {b, c} d];base64 | d}
; 0-83 error[expression-syntax]: the reference reads this expression in another way
(template 0-83
  (expression 0-83
    (root 2-3 x)
    (cast 7-78
      (type 7-12 audio)
      (subtype 13-16 "pcm")
      (attribute rate 22-54
        (expression 22-54
          (root 24-29 input)
          (key 30-34 rate)
          (cast 38-45
            (type 38-45 integer))
          (default 48-53
            (text 48-53 "24000"))))
      (attribute name 60-70
        (text 60-70 "a {b, c} d"))
      (format 72-78 "base64"))
    (default 81-82
      (text 81-82 "d"))))

; ${x as audio/pcm[rate=]}
(template 0-24
  (expression 0-24
    (root 2-3 x)
    (cast 7-23
      (type 7-12 audio)
      (subtype 13-16 "pcm")
      (attribute rate 22-22))))

; ${x as data;data-uri|z}
; 20-21 error[swallowed-default]: white space is missing between 'x as data;data-uri' and '|'
(template 0-23
  (expression 0-23
    (root 2-3 x)
    (cast 7-20
      (type 7-11 data)
      (format 12-20 "data-uri"))
    (default 21-22
      (text 21-22 "z"))))

; ${x as integer|5}
; 14-15 error[swallowed-default]: white space is missing between 'x as integer' and '|'
(template 0-17
  (expression 0-17
    (root 2-3 x)
    (cast 7-14
      (type 7-14 integer))
    (default 15-16
      (text 15-16 "5"))))

; ${x as audio/pcm[ 0]}
; 18-19 error[expression-syntax]: expected an attribute 'name=value', found '0'
(template 0-21
  (text 0-21 "${x as audio/pcm[ 0]}"))

; ${x as audio/pcm[a, b=1]}
(template 0-25
  (expression 0-25
    (root 2-3 x)
    (cast 7-24
      (type 7-12 audio)
      (subtype 13-16 "pcm")
      (attribute b 22-23
        (text 22-23 "1"))
      (stray-attribute 17-18 "a"))))

; ${x as select/a,b[]}
(template 0-20
  (expression 0-20
    (root 2-3 x)
    (cast 7-19
      (type 7-13 select)
      (subtype 14-17 "a,b")
      (no-attributes 17-19))))

